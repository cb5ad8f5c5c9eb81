import { isDeepStrictEqual as isEqual } from "node:util";
import type { Model, ModelMember, ModelShape } from "./reader/model.ts";

/**
 * A kind of difference between the packages that the two formats of one model give. `rewrite` makes
 * the model of Smithy's format say what the other one says, in this one respect: after all rewrites
 * the packages are the same to the byte, but for documentation.
 */
export interface Difference {
  /** As the table of `docs/model-formats.md` has it. */
  readonly kind: string;
  readonly reason: string;
  /** One of the services whose packages show it, by the folder of its `service-2.json`. */
  readonly seenIn: string;
  readonly rewrite: (smithy: Model, service2: Model) => Model;
}

export const differences: readonly Difference[] = [
  {
    kind: "Names of enum values",
    reason:
      "A `service-2.json` has values alone. Names are made of them as Smithy's own conversion makes them (`Success`, `aws_kms`); authors of the other model often wrote others (`SUCCESS`).",
    seenIn: "meteringmarketplace",
    rewrite: (smithy, service2) =>
      changeShapes(smithy, (shape) => {
        const other = service2.shapes.get(shape.id);
        if (shape.type !== "enum" || other?.type !== "enum") return shape;
        const names = new Map(
          [...other.members].map(([name, member]) => [enumValueOf(name, member), name]),
        );
        return withMembers(shape, (name, member) => [
          names.get(enumValueOf(name, member)) ?? name,
          {
            ...member,
            traits: new Map([
              ...member.traits,
              ["smithy.api#enumValue", enumValueOf(name, member)],
            ]),
          },
        ]);
      }),
  },
  {
    kind: "Defaults",
    reason:
      "A `service-2.json` has none. That a number has no `box` in it does not tell whether the other model gives it a default: of 507 such members, 208 have one. A response that lacks such a member leaves it absent.",
    seenIn: "route53-recovery-cluster",
    rewrite: (smithy) =>
      changeShapes(smithy, (shape) => withoutMemberTraits(shape, ["smithy.api#default"])),
  },
  {
    kind: "Order of members",
    reason: "Some models have them sorted by name in `service-2.json` alone.",
    seenIn: "marketplace-agreement",
    rewrite: (smithy, service2) =>
      changeShapes(smithy, (shape) => {
        const order = [...(service2.shapes.get(shape.id)?.members.keys() ?? [])];
        if (shape.type === "list" || shape.type === "map") return shape;
        const position = (name: string): number =>
          order.includes(name) ? order.indexOf(name) : order.length;
        const members = [...shape.members].sort(
          ([left], [right]) => position(left) - position(right),
        );
        return { ...shape, members: new Map(members) };
      }),
  },
  {
    kind: "Examples",
    reason:
      "They are in a file of their own, `examples-1.json`. Where it lies beside the model, they are the same; the reference data does not have it.",
    seenIn: "secretsmanager",
    rewrite: (smithy) =>
      changeShapes(smithy, (shape) => withoutTraits(shape, ["smithy.api#examples"])),
  },
  {
    kind: "Test cases of endpoint rules",
    reason:
      "They are in a file of their own, `endpoint-tests-1.json`. Where it lies beside the model, they are the same; the reference data does not have it.",
    seenIn: "meteringmarketplace",
    rewrite: (smithy) =>
      changeShapes(smithy, (shape) => withoutTraits(shape, ["smithy.rules#endpointTests"])),
  },
  {
    kind: "HTTP status of errors",
    reason:
      "AWS leaves it out of `service-2.json` where the protocol is JSON, which does not need it. Mocks answer with 400 or 500 then.",
    seenIn: "route53-recovery-cluster",
    rewrite: (smithy, service2) =>
      changeShapes(smithy, (shape) =>
        service2.shapes.get(shape.id)?.traits.has("smithy.api#httpError")
          ? shape
          : withoutTraits(shape, ["smithy.api#httpError"]),
      ),
  },
  {
    kind: "Error codes of the query protocol",
    reason:
      "AWS leaves them out of `service-2.json` where the protocol is JSON. Services that are compatible with the query protocol send them in a header, by which an error is recognised as well as by its name.",
    seenIn: "sqs",
    rewrite: (smithy) =>
      changeShapes(smithy, (shape) => withoutTraits(shape, ["aws.protocols#awsQueryError"])),
  },
  {
    kind: "Whose fault an error is",
    reason:
      "Without an HTTP status, a `service-2.json` tells it by `fault` alone, and some models have the one and not the other.",
    seenIn: "route53-recovery-cluster",
    rewrite: (smithy, service2) => takeTrait(smithy, service2, "smithy.api#error"),
  },
  {
    kind: "Pages",
    reason:
      "The two are written by different people: `paginators-1.json` has operations and items that the trait of the other model lacks, and the other way round. A token that is an expression (`Shards[-1].ShardId`) is left out, and said to be.",
    seenIn: "marketplace-entitlement",
    rewrite: (smithy, service2) => ({
      ...takeTrait(smithy, service2, "smithy.api#paginated"),
      ...(service2.omissions && { omissions: service2.omissions }),
    }),
  },
  {
    kind: "Unions",
    reason:
      "`AttributeValue` of DynamoDB is older than unions, and a structure in `service-2.json`.",
    seenIn: "dynamodb",
    rewrite: (smithy, service2) =>
      changeShapes(smithy, (shape) =>
        shape.type === "union" && service2.shapes.get(shape.id)?.type === "structure"
          ? { ...shape, type: "structure" }
          : shape,
      ),
  },
  {
    kind: "The error of endpoint discovery",
    reason: "No operation of a `service-2.json` lists it.",
    seenIn: "dynamodb",
    rewrite: (smithy, service2) =>
      changeShapes(smithy, (shape) => {
        const errors = shape.references.get("errors") ?? [];
        const known = errors.filter((id) => service2.shapes.has(id));
        return known.length === errors.length
          ? shape
          : { ...shape, references: new Map([...shape.references, ["errors", known]]) };
      }),
  },
  {
    kind: "Sparse lists",
    reason: "AWS leaves it out of `service-2.json` that a list may hold `null`.",
    seenIn: "support",
    rewrite: (smithy) =>
      changeShapes(smithy, (shape) => withoutTraits(shape, ["smithy.api#sparse"])),
  },
  {
    kind: "Messages of errors",
    reason:
      "Some `service-2.json` leave out the member `message` of errors. Every error class has a message all the same; only what mocks know of the shape is less.",
    seenIn: "events",
    rewrite: (smithy, service2) =>
      changeShapes(smithy, (shape) => {
        const other = service2.shapes.get(shape.id);
        const isLess = other?.traits.has("smithy.api#error") && !other.members.has("message");
        const rest = [...shape.members].filter(([name]) => name !== "message");
        return isLess ? { ...shape, members: new Map(rest) } : shape;
      }),
  },
  {
    kind: "Shapes of one name",
    reason:
      "AWS Support has a `ServiceCode` without a pattern and one with it. The latter is `ServiceCode2` in the model of Smithy's format, and missing in `service-2.json`.",
    seenIn: "support",
    rewrite: (smithy, service2) =>
      changeShapes(smithy, (shape) =>
        withMembers(shape, (name, member) => {
          const target = service2.shapes.get(shape.id)?.members.get(name)?.target;
          const isOther = target !== undefined && !service2.shapes.has(member.target);
          return [
            name,
            isOther && smithy.shapes.has(member.target) ? { ...member, target } : member,
          ];
        }),
      ),
  },
];

/** The trait as the other model has it, on every shape that both have. */
function takeTrait(smithy: Model, service2: Model, id: string): Model {
  return changeShapes(smithy, (shape) => {
    const other = service2.shapes.get(shape.id);
    if (other === undefined || isEqual(shape.traits.get(id), other.traits.get(id))) return shape;
    const rest = withoutTraits(shape, [id]);
    return other.traits.has(id)
      ? { ...rest, traits: new Map([...rest.traits, [id, other.traits.get(id)]]) }
      : rest;
  });
}

function enumValueOf(name: string, { traits }: ModelMember): unknown {
  return traits.get("smithy.api#enumValue") ?? name;
}

export function changeShapes(model: Model, change: (shape: ModelShape) => ModelShape): Model {
  return { ...model, shapes: new Map([...model.shapes].map(([id, shape]) => [id, change(shape)])) };
}

function withMembers(
  shape: ModelShape,
  change: (name: string, member: ModelMember) => readonly [string, ModelMember],
): ModelShape {
  return {
    ...shape,
    members: new Map([...shape.members].map(([name, member]) => change(name, member))),
  };
}

export function withoutTraits(shape: ModelShape, ids: readonly string[]): ModelShape {
  return { ...shape, traits: new Map([...shape.traits].filter(([id]) => !ids.includes(id))) };
}

export function withoutMemberTraits(shape: ModelShape, ids: readonly string[]): ModelShape {
  return withMembers(shape, (name, member) => [
    name,
    { ...member, traits: new Map([...member.traits].filter(([id]) => !ids.includes(id))) },
  ]);
}
