import { takenErrorMembers } from "../emit/core/errors-file.ts";
import type { PackagePlan } from "../emit/package-plan.ts";
import { planPackages } from "../emit/package-plan.ts";
import { closureOf } from "../ir/closure.ts";
import type { EndpointRules } from "../ir/endpoint-rules.ts";
import { isDeclared } from "../ir/naming.ts";
import type { Filling, Presence } from "../ir/presence.ts";
import { createFilling } from "../ir/presence.ts";
import type { Operation, Service } from "../ir/service.ts";
import type { Member, Shape, StructureShape, UnionShape } from "../ir/shape.ts";
import { isErrorShape } from "../ir/shape.ts";
import { selectProtocol } from "../protocol/protocol.ts";

/**
 * Two service models side by side. What has a name in generated code is paired by that name; all
 * else (strings, numbers, lists, maps) has none there, and is compared wherever a member leads to it.
 */
export interface ModelPair {
  readonly old: Side;
  readonly new: Side;
  readonly operations: Pairing<Operation>;
  /** Structures, unions, enums and errors. */
  readonly shapes: Pairing<Shape>;
  /** The members of the structures and unions that both have. */
  readonly members: Pairing<OwnedMember>;
  /** Every value that a kept member leads to without passing a structure or union. */
  readonly values: readonly ValuePair[];
}

export interface Side {
  readonly service: Service;
  readonly plan: PackagePlan;
  /** Whether a member is typed as present. */
  readonly isPresent: Presence;
  /** What a member gets that a response lacks. */
  readonly fill: Filling;
  /** Where the model's operations use a shape of this name. */
  readonly directionsOf: (shape: Shape) => Directions;
}

/** Whether a caller gives values of a shape, and whether the service does. */
export interface Directions {
  readonly input: boolean;
  readonly output: boolean;
}

export interface Pairing<Item> {
  readonly added: readonly Item[];
  readonly removed: readonly Item[];
  readonly kept: readonly Both<Item>[];
}

export interface Both<Item> {
  readonly old: Item;
  readonly new: Item;
}

export interface OwnedMember {
  readonly owner: StructureShape | UnionShape;
  readonly member: Member;
}

export interface ValuePair extends Both<Member> {
  /** `` `UsageRecord.Quantity` ``, or `each element of …`. */
  readonly subject: string;
  /** Whether the members are those of a structure or union, whose doc comments tell of constraints. */
  readonly isDirect: boolean;
  /** How code that uses the old model meets it. */
  readonly directions: Directions;
  /** Of the shape that both members target, where it has the same name in both models. */
  readonly shapeDirections: Directions;
}

export function pairModels(old: Service, next: Service): ModelPair {
  const sides = { old: readSide(old), new: readSide(next) };
  const shapes = pairByName(declaredShapes(old), declaredShapes(next), ({ name }) => name);
  const members = pairMembers(shapes.kept);
  return {
    ...sides,
    operations: pairByName(old.operations, next.operations, ({ name }) => name),
    shapes,
    members,
    values: members.kept.flatMap((both) => pairValues(both, sides.old)),
  };
}

/** A model that does not say where requests go can still be compared. */
const noEndpoints: EndpointRules = { parameters: [], rules: [] };

function readSide(given: Service): Side {
  const service = { ...given, endpointRules: given.endpointRules ?? noEndpoints };
  const plan = planPackages(service, selectProtocol(service), "0.0.0");
  const { operations } = service;
  const taken = namesIn(operations.flatMap(({ input }) => input ?? []));
  const answered = namesIn(
    operations.flatMap(({ output, errors }) => [...(output ? [output] : []), ...errors]),
  );
  return {
    service,
    plan,
    isPresent: plan.isPresent,
    fill: createFilling(service),
    directionsOf: ({ name }) => ({ input: taken.has(name), output: answered.has(name) }),
  };
}

function namesIn(roots: readonly Shape[]): ReadonlySet<string> {
  return new Set([...closureOf(roots)].map(({ name }) => name));
}

function declaredShapes({ shapes }: Service): readonly Shape[] {
  return shapes.filter(isDeclared);
}

/** Whether two shapes of one name are declared in the same way. */
export function isSameKind(old: Shape, next: Shape): boolean {
  return old.type === next.type && isErrorShape(old) === isErrorShape(next);
}

function pairMembers(shapes: readonly Both<Shape>[]): Pairing<OwnedMember> {
  const pairings = shapes.flatMap((both) => {
    const { old, new: next } = both;
    if (!isAggregate(old) || !isAggregate(next) || !isSameKind(old, next)) return [];
    return [pairByName(ownMembers(old), ownMembers(next), ({ member }) => member.name)];
  });
  return {
    added: pairings.flatMap(({ added }) => added),
    removed: pairings.flatMap(({ removed }) => removed),
    kept: pairings.flatMap(({ kept }) => kept),
  };
}

export function isAggregate(shape: Shape): shape is StructureShape | UnionShape {
  return shape.type === "structure" || shape.type === "union";
}

/** What every error has anyway is not a member of its class. */
function ownMembers(owner: StructureShape | UnionShape): readonly OwnedMember[] {
  const members = isErrorShape(owner)
    ? owner.members.filter(({ name }) => !takenErrorMembers.has(name))
    : owner.members;
  return members.map((member) => ({ owner, member }));
}

function pairValues(both: Both<OwnedMember>, old: Side): readonly ValuePair[] {
  const walk = (pair: Both<Member>, owner: Shape, subject: string): readonly ValuePair[] => {
    const [from, to] = [pair.old.target, pair.new.target];
    const here: ValuePair = {
      ...pair,
      subject,
      isDirect: owner === both.old.owner,
      directions: old.directionsOf(owner),
      shapeDirections: old.directionsOf(from),
    };
    const inside = (members: Both<Member>, part: string): readonly ValuePair[] =>
      walk(members, from, `each ${part} of ${subject}`);
    if (from.type === "list" && to.type === "list") {
      return [here, ...inside({ old: from.member, new: to.member }, "element")];
    }
    if (from.type === "map" && to.type === "map") {
      return [
        here,
        ...inside({ old: from.key, new: to.key }, "key"),
        ...inside({ old: from.value, new: to.value }, "value"),
      ];
    }
    return [here];
  };
  const members = { old: both.old.member, new: both.new.member };
  return walk(members, both.old.owner, subjectOf(both.new));
}

/** `` `UsageRecord.Quantity` `` */
export function subjectOf({ owner, member }: OwnedMember): string {
  return `\`${owner.name}.${member.name}\``;
}

export function pairByName<Item>(
  old: readonly Item[],
  next: readonly Item[],
  nameOf: (item: Item) => string,
): Pairing<Item> {
  const before = new Map(old.map((item) => [nameOf(item), item]));
  const after = new Map(next.map((item) => [nameOf(item), item]));
  return {
    added: next.filter((item) => !before.has(nameOf(item))),
    removed: old.filter((item) => !after.has(nameOf(item))),
    kept: next.flatMap((item) => {
      const earlier = before.get(nameOf(item));
      return earlier === undefined ? [] : [{ old: earlier, new: item }];
    }),
  };
}
