import type { Shape, StructureShape } from "@pawprint/runtime/protocol";
import fc, { type Arbitrary } from "fast-check";
import { arbitraryFor } from "./shape-arbitraries.ts";

/** A value that is right but for one place. */
export interface BrokenValue {
  readonly value: unknown;
  /** That place, as messages print it. */
  readonly path: string;
}

/** Values that a shape allows but for one place, in every way that a shape can be broken. */
export function brokenArbitraryFor(shape: Shape): Arbitrary<BrokenValue> | undefined {
  return broken(shape, { path: "", depth: 0, isSensitive: false });
}

interface Place {
  readonly path: string;
  readonly depth: number;
  readonly isSensitive: boolean;
}

const deepest = 4;

function broken(shape: Shape, outer: Place): Arbitrary<BrokenValue> | undefined {
  const place = { ...outer, isSensitive: outer.isSensitive || shape.sensitive === true };
  const ways = [...wrongTypes(shape, place), ...wrongContents(shape, place)];
  const inside = place.depth < deepest ? brokenInside(shape, place) : [];
  // A tree of shapes is broken as often inside as at its root.
  return ways.length + inside.length === 0 ? undefined : fc.oneof(...ways, ...inside);
}

function at(place: Place, value: Arbitrary<unknown>): Arbitrary<BrokenValue> {
  return value.map((broken) => ({ value: broken, path: place.path }));
}

function wrongTypes(shape: Shape, place: Place): readonly Arbitrary<BrokenValue>[] {
  const other = wrong[shape.type];
  return other === undefined ? [] : [at(place, fc.constantFrom<unknown>(...other))];
}

const numbers = ["1", null, {}, true, 1.5, Number.NaN];
const wrong: { readonly [type in Shape["type"]]?: readonly unknown[] } = {
  string: [1, null, {}, ["a"], true],
  boolean: ["true", 1, null],
  timestamp: ["2026-07-01T10:00:00Z", 0, new Date(Number.NaN), null],
  blob: ["AAAA", [1, 2], null],
  list: ["a", {}, { length: 1 }, null],
  map: [[], "a", null, new Map()],
  structure: [[], "a", null, 1],
  union: [[], "a", null, {}],
  byte: [...numbers, 128, 1n],
  short: [...numbers, 32_768, 1n],
  integer: [...numbers, 2 ** 31, 1n],
  long: [...numbers, 2 ** 53, 2n ** 63n],
  float: ["1", null, {}, 1n],
  double: ["1", null, {}, 1n],
  bigInteger: ["1", 1, null],
  bigDecimal: ["1,5", "x", 1, null],
};

function wrongContents(shape: Shape, place: Place): readonly Arbitrary<BrokenValue>[] {
  switch (shape.type) {
    case "string":
      return [
        ...(shape.min ? [at(place, fc.constant(""))] : []),
        ...tooMany(shape.max, (length) => at(place, fc.constant("🐾".repeat(length)))),
      ];
    case "blob":
      return tooMany(shape.max, (length) => at(place, fc.constant(new Uint8Array(length))));
    case "list":
      return [
        ...(shape.min ? [at(place, fc.constant([]))] : []),
        ...tooMany(shape.max, (length) =>
          at(
            place,
            arbitraryFor(shape.member, place.depth + 3).map((member) =>
              new Array<unknown>(length).fill(member),
            ),
          ),
        ),
      ];
    case "structure":
      return [...missingMembers(shape, place), unknownMember(shape, place)];
    case "union":
      return [
        at(
          place,
          fc
            .tuple(...Object.values(shape.members).map((member) => arbitraryFor(member, 3)))
            .filter(({ length }) => length > 1)
            .map((values) =>
              Object.fromEntries(Object.keys(shape.members).map((name, i) => [name, values[i]])),
            ),
        ),
      ];
    case "integer":
    case "long":
    case "short":
      return [
        shape.min === undefined ? [] : shape.min - 1,
        shape.max === undefined ? [] : shape.max + 1,
      ]
        .flat()
        .map((number) => at(place, fc.constant(number)));
    default:
      return [];
  }
}

/** A length that is too great, where one can be had without gigabytes. */
function tooMany<T>(max: number | undefined, create: (length: number) => T): readonly T[] {
  return max === undefined || max > 2_048 ? [] : [create(max + 1)];
}

function missingMembers(shape: StructureShape, place: Place): readonly Arbitrary<BrokenValue>[] {
  return (shape.required ?? []).map((name) =>
    arbitraryFor(shape, place.depth).map((value) => {
      const { [name]: _removed, ...rest } = value as { [name: string]: unknown };
      return { value: rest, path: join(place.path, name) };
    }),
  );
}

function unknownMember(shape: StructureShape, place: Place): Arbitrary<BrokenValue> {
  return arbitraryFor(shape, place.depth)
    .map((value) => ({ ...(value as object), Nonsense: 1 }))
    .map((value) => ({ value, path: join(place.path, "Nonsense") }));
}

function brokenInside(shape: Shape, place: Place): readonly Arbitrary<BrokenValue>[] {
  const depth = place.depth + 1;
  switch (shape.type) {
    case "structure":
      return Object.entries(shape.members).flatMap(([name, member]) => {
        const inner = broken(member, { ...place, depth, path: join(place.path, name) });
        if (inner === undefined) return [];
        return fc
          .tuple(arbitraryFor(shape, place.depth), inner)
          .map(([whole, { value, path }]) => ({
            value: { ...(whole as object), [name]: value },
            path,
          }));
      });
    case "union":
      return Object.entries(shape.members).flatMap(([name, member]) => {
        const inner = broken(member, { ...place, depth, path: join(place.path, name) });
        return inner === undefined
          ? []
          : [inner.map(({ value, path }) => ({ value: { [name]: value }, path }))];
      });
    case "list": {
      const index = shape.min ?? 0;
      const found = broken(shape.member, { ...place, depth, path: `${place.path}[${index}]` });
      if (found === undefined || shape.max === index) return [];
      const inner = shape.sparse ? found.filter(({ value }) => value !== null) : found;
      const before = fc.array(arbitraryFor(shape.member, depth), {
        minLength: index,
        maxLength: index,
      });
      return [
        fc
          .tuple(before, inner)
          .map(([elements, { value, path }]) => ({ value: [...elements, value], path })),
      ];
    }
    case "map": {
      const isHidden = place.isSensitive || shape.key.sensitive === true;
      return [
        arbitraryFor(shape.key).chain((key) => {
          const path = join(place.path, isHidden ? "(a sensitive key)" : (key as string));
          const found = broken(shape.value, { ...place, depth, path });
          const inner = shape.sparse ? found?.filter(({ value }) => value !== null) : found;
          return (inner ?? fc.constant({ value: Symbol("no value of any shape"), path })).map(
            (entry) => ({
              value: Object.fromEntries([[key, entry.value]]),
              path: entry.path,
            }),
          );
        }),
      ];
    }
    default:
      return [];
  }
}

/** A name is printed after a dot, anything else in brackets. */
function join(path: string, name: string): string {
  if (!/^[\p{ID_Start}_$][\p{ID_Continue}$]{0,63}$/u.test(name)) {
    const characters = [...name];
    const shown = characters.length > 64 ? `${characters.slice(0, 64).join("")}…` : name;
    return `${path}[${JSON.stringify(shown)}]`;
  }
  return path === "" ? name : `${path}.${name}`;
}
