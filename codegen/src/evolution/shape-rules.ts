import { takenErrorMembers } from "../emit/core/errors-file.ts";
import { isDeclared } from "../ir/naming.ts";
import type { EnumShape, IntEnumShape, Shape, StructureShape } from "../ir/shape.ts";
import { isErrorShape } from "../ir/shape.ts";
import { canonicalJson } from "./canonical-json.ts";
import { printConstraints } from "./constraint-rules.ts";
import type { Both, ModelPair, Pairing } from "./model-pair.ts";
import { isSameKind, pairByName } from "./model-pair.ts";
import type { Finding, Predicate, Rule } from "./rule.ts";
import { being, quote, same } from "./rule.ts";

/** Rules about what has a name of its own in generated code: structures, unions, enums, errors. */
export const shapeRules: readonly Rule[] = [
  {
    name: "shape-removed",
    finds: "a structure, union, enum or error is gone",
    class: "major",
    group: "changed",
    reason: "Code that imports it no longer compiles; under another name, it is another shape.",
    find: ({ shapes }) => shapes.removed.map((shape) => describe(shape, being("gone"))),
  },
  {
    name: "shape-added",
    finds: "a new structure, union, enum or error",
    class: "minor",
    group: "added",
    implied: true,
    reason: "There is more to import. What leads to it is a change of its own.",
    find: ({ shapes }) => shapes.added.map((shape) => describe(shape, being("new"))),
  },
  {
    name: "shape-kind",
    finds: "a name that stands for another kind of shape, such as a union instead of a structure",
    class: "major",
    group: "changed",
    reason: "The type under that name is another one.",
    find: ({ shapes }) =>
      shapes.kept
        .filter(({ old, new: next }) => !isSameKind(old, next))
        .map(({ old, new: next }) =>
          describe(next, being(`of another kind: ${kindOf(next)}, formerly ${kindOf(old)}`)),
        ),
  },
  {
    name: "enum-value-added",
    finds: "a new value of an enum",
    class: "minor",
    group: "added",
    reason: "Enums are open: code has to expect values that it does not know.",
    find: (pair) =>
      findValues(pair, ({ added }) => added.map((value) => [value, being("new")] as const)),
  },
  {
    name: "enum-value-removed",
    finds: "a value of an enum is gone",
    class: "major",
    group: "changed",
    reason: "Code that names it no longer compiles.",
    find: (pair) =>
      findValues(pair, ({ removed }) => removed.map((value) => [value, being("gone")] as const)),
  },
  {
    name: "enum-value-changed",
    finds: "a name of an enum that stands for another value",
    class: "major",
    group: "changed",
    reason: "The same code sends, or compares with, another value.",
    find: (pair) =>
      findValues(pair, ({ kept }) =>
        kept
          .filter(({ old, new: next }) => old.value !== next.value)
          .map(({ old, new: next }) => [
            next,
            same(`stands for ${JSON.stringify(next.value)}, formerly ${JSON.stringify(old.value)}`),
          ]),
      ),
  },
  {
    name: "error-fault",
    finds: "an error becomes the other side's fault",
    class: "major",
    group: "changed",
    reason:
      "Its `$fault` has another type, and code that compares it with the old one no longer compiles.",
    find: (pair) =>
      findErrors(pair, ({ fault }) => `the ${fault === "client" ? "client" : "service"}'s fault`),
  },
  {
    name: "error-retryable",
    finds: "an error that clients send again after, or no longer",
    class: "minor",
    group: "changed",
    reason: "The same code gets an answer later, or an error sooner.",
    find: (pair) =>
      findErrors(pair, ({ retryable }) => {
        if (retryable === undefined) return "not worth a retry by the model";
        return retryable.throttling ? "retried as throttling" : "retried";
      }),
  },
  {
    name: "error-status",
    finds: "an error comes with another HTTP status",
    class: "patch",
    group: "fixed",
    reason: "Clients tell errors by their names; only mocks answer with the status.",
    find: (pair) =>
      findErrors(
        pair,
        ({ httpStatus, fault }) =>
          `answered with ${httpStatus ?? (fault === "client" ? 400 : 500)}`,
      ),
  },
  {
    name: "error-code",
    finds: "an error has another code in the query protocol that came before",
    class: "patch",
    group: "fixed",
    reason: "It is the same class; clients recognise it where they did not.",
    find: (pair) =>
      findErrors(pair, (_traits, shape) => `known as \`${readQueryCode(shape) ?? shape.name}\``),
  },
  {
    name: "error-message",
    finds: "a `message`, or what else every error has, that is another one in the model",
    class: "patch",
    group: "changed",
    reason:
      "The class has the same `message` before and after; only mocks check what they send for it.",
    find: ({ shapes }) =>
      shapes.kept.flatMap(({ old, new: next }) =>
        isErrorShape(old) && isErrorShape(next) && printOwnMessage(old) !== printOwnMessage(next)
          ? [describe(next, same("has another message in what mocks send"))]
          : [],
      ),
  },
];

/** What stands in the shape of an error for what its class has anyway. */
function printOwnMessage({ members }: StructureShape): string {
  const own = members.filter(({ name }) => takenErrorMembers.has(name));
  return canonicalJson(
    own.map((member) => {
      const { name, target, sensitive, idempotencyToken, default: value } = member;
      const type = isDeclared(target) ? target.name : target.type;
      return [name, type, printConstraints(member, false), sensitive, idempotencyToken, value];
    }),
  );
}

function describe(shape: Shape, predicate: Predicate): Finding {
  return { address: shape.id, subject: quote(shape.name), predicate };
}

function kindOf(shape: Shape): string {
  return isErrorShape(shape) ? "an error" : `a \`${shape.type}\``;
}

type EnumMember = (EnumShape | IntEnumShape)["values"][number];

function findValues(
  { shapes }: ModelPair,
  select: (values: Pairing<EnumMember>) => readonly (readonly [EnumMember, Predicate])[],
): readonly Finding[] {
  return shapes.kept.flatMap(({ old, new: next }) => {
    if (!isEnum(old) || !isEnum(next) || !isSameKind(old, next)) return [];
    return select(pairByName<EnumMember>(old.values, next.values, ({ name }) => name)).map(
      ([{ name }, predicate]) => ({
        address: `${next.id}$${name}`,
        subject: `\`${next.name}.${name}\``,
        predicate,
      }),
    );
  });
}

export function isEnum(shape: Shape): shape is EnumShape | IntEnumShape {
  return shape.type === "enum" || shape.type === "intEnum";
}

type ErrorTraits = NonNullable<Extract<Shape, { readonly type: "structure" }>["error"]>;

function findErrors(
  { shapes }: ModelPair,
  tell: (traits: ErrorTraits, shape: Shape) => string,
): readonly Finding[] {
  return shapes.kept.flatMap(({ old, new: next }: Both<Shape>) => {
    if (!isErrorShape(old) || !isErrorShape(next)) return [];
    const [before, after] = [tell(old.error, old), tell(next.error, next)];
    return before === after ? [] : [describe(next, being(`${after}, formerly ${before}`))];
  });
}

function readQueryCode({ traits }: Shape): string | undefined {
  const trait = traits.get("aws.protocols#awsQueryError") as { code?: unknown } | undefined;
  return typeof trait?.code === "string" ? trait.code : undefined;
}
