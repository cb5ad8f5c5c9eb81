import type { NumberShape, Shape, StringShape } from "@pawprint/runtime/protocol";
import fc, { type Arbitrary } from "fast-check";

/** How deep values go; below, only what must be there is. */
const deepest = 4;
/** How much longer than it has to be a string, a list and so on may be. */
const slack = 3;

/** Values that a shape allows. */
export function arbitraryFor(shape: Shape, depth = 0): Arbitrary<unknown> {
  const known = arbitraries[depth]?.get(shape);
  if (known !== undefined) return known;
  const found = createArbitrary(shape, depth);
  arbitraries[depth] ??= new Map();
  arbitraries[depth].set(shape, found);
  return found;
}

const arbitraries: Map<Shape, Arbitrary<unknown>>[] = [];

function createArbitrary(shape: Shape, depth: number): Arbitrary<unknown> {
  switch (shape.type) {
    case "string":
      return arbitraryString(shape);
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return fc.date({ min: firstDate, max: lastDate, noInvalidDate: true });
    case "blob":
      return fc.uint8Array(lengthsOf(shape));
    case "document":
      return fc.jsonValue().filter(isExactDocument);
    case "list": {
      const { minLength, maxLength } = lengthsOf(shape);
      const length = { minLength, maxLength: depth < deepest ? maxLength : minLength };
      const element = arbitraryFor(shape.member, depth + 1);
      const member = shape.sparse ? fc.option(element) : element;
      return shape.unique
        ? fc.uniqueArray(member, { ...length, comparator: "SameValueZero", selector: keyOf })
        : fc.array(member, length);
    }
    case "map": {
      const { minLength, maxLength } = lengthsOf(shape);
      const value = arbitraryFor(shape.value, depth + 1);
      const entry = fc.tuple(arbitraryFor(shape.key), shape.sparse ? fc.option(value) : value);
      return fc
        .uniqueArray(entry, {
          minLength,
          maxLength: depth < deepest ? maxLength : minLength,
          selector: ([key]) => key,
        })
        .map((entries) => Object.fromEntries(entries));
    }
    case "structure": {
      const required = shape.required ?? [];
      const names = Object.keys(shape.members);
      const chosen = depth < deepest ? names : names.filter((name) => required.includes(name));
      return fc.record(membersFor(shape.members, chosen, depth), {
        requiredKeys: [...required],
        noNullPrototype: true,
      });
    }
    case "union": {
      const names = Object.keys(shape.members);
      const leaves = names.filter((name) => isLeaf(shape.members[name] as Shape));
      const chosen = depth < deepest || leaves.length === 0 ? names : leaves;
      return fc.oneof(
        ...chosen.map((name) => fc.record(membersFor(shape.members, [name], depth), plain)),
      );
    }
    default:
      return arbitraryNumber(shape);
  }
}

// Seconds in a double have milliseconds for 139,000 years, and engines read a year below 100 as one
// of the twentieth century: the years that people write are enough.
const firstDate = new Date("1000-01-01T00:00:00Z");
const lastDate = new Date("9999-12-31T23:59:59.999Z");

/** As a member, null is the same as none; some numbers are no others in JSON, or rounded. */
function isExactDocument(value: unknown): boolean {
  const text = JSON.stringify(value, (_name, part: unknown) => (Object.is(part, -0) ? "-0" : part));
  return value !== null && !/"-0"|\.\d{8}|\de/.test(text);
}

const plain = { noNullPrototype: true } as const;

function membersFor(
  members: { readonly [name: string]: Shape },
  names: readonly string[],
  depth: number,
): { [name: string]: Arbitrary<unknown> } {
  return Object.fromEntries(
    names.map((name) => [name, arbitraryFor(members[name] as Shape, depth + 1)]),
  );
}

function isLeaf({ type }: Shape): boolean {
  return type !== "list" && type !== "map" && type !== "structure" && type !== "union";
}

function lengthsOf({ min = 0, max = Number.POSITIVE_INFINITY }: Bounded): {
  readonly minLength: number;
  readonly maxLength: number;
} {
  return { minLength: min, maxLength: Math.min(max, min + slack) };
}

interface Bounded {
  readonly min?: number;
  readonly max?: number;
}

function arbitraryString(shape: StringShape): Arbitrary<unknown> {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, values } = shape;
  if (values !== undefined) {
    return fc.oneof(fc.constantFrom(...values), fc.string({ unit: "binary", maxLength: 8 }));
  }
  const maxLength = Math.min(max, min + 16);
  if (pattern === undefined) return fc.string({ unit: "binary", minLength: min, maxLength });
  const oneClass = /^\^?(\[(?:[^\]\\]|\\.)+\]|\\?.)[*+](\$?)$/u.exec(pattern.source);
  if (oneClass !== null) {
    const allowed = new RegExp(`^${oneClass[1]}$`, pattern.flags);
    const unit = fc.constantFrom(...characters.filter((character) => allowed.test(character)));
    return fc.string({ unit, minLength: Math.max(min, 1), maxLength });
  }
  return fc.stringMatching(pattern).filter((text) => {
    const { length } = [...text];
    return length >= min && length <= max;
  });
}

/** ASCII, and some characters of other lengths in UTF-8. */
const characters: readonly string[] = [
  ...Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)),
  ..."éßжあ한€\u00a0\u2028\uffff😀",
];

const integers = {
  byte: 2 ** 7,
  short: 2 ** 15,
  integer: 2 ** 31,
} as const;

function arbitraryNumber({ type, min, max }: NumberShape): Arbitrary<unknown> {
  switch (type) {
    case "bigDecimal":
      return fc.tuple(fc.bigInt(), fc.nat()).map(([whole, fraction]) => `${whole}.${fraction}1`);
    case "bigInteger":
      return fc.bigInt();
    case "float":
    case "double": {
      const isBounded = min !== undefined || max !== undefined;
      const bounds = { min: min ?? -1e300, max: max ?? 1e300, noNaN: true };
      // JSON has no negative zero.
      return fc.double(isBounded ? bounds : {}).map((number) => number + 0);
    }
    case "long":
      return fc
        .bigInt({ min: BigInt(min ?? -(2n ** 63n)), max: BigInt(max ?? 2n ** 63n - 1n) })
        .map((number) => (Number.isSafeInteger(Number(number)) ? Number(number) : number));
    default:
      return fc.integer({ min: min ?? -integers[type], max: max ?? integers[type] - 1 });
  }
}

/** What tells elements of a unique list apart. */
function keyOf(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "bigint" ? String(member) : member,
  );
}
