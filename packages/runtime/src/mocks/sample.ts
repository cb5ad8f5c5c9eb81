import { findProblems } from "../find-problems.ts";
import type {
  BlobShape,
  ListShape,
  MapShape,
  NumberShape,
  Shape,
  StringShape,
  StructureShape,
  UnionShape,
} from "../shape.ts";
import { listProblems } from "./mock-data.ts";
import { createRandom, type Random } from "./random.ts";

export interface SampleOptions<Value extends object> {
  /** A whole number: the same one gives the same sample on every run, another one another sample. Default: 0. */
  readonly seed?: number | undefined;
  /** Members to take instead of the sample's; one that is `undefined` is left out. */
  readonly overrides?: Partial<Value> | undefined;
}

/** What the generator knows of a structure or union beyond its shape. */
export interface SampleHints {
  /** What to choose from for texts and numbered enums, by their way inside the structure: `Names.member`. */
  readonly choices?: { readonly [path: string]: readonly (number | string)[] };
  /** Optional members that no sample has, such as the token of a next page. */
  readonly leavesOut?: readonly string[];
}

export type SampleTable = ReadonlyMap<Shape, SampleHints>;

/**
 * A value that the shape allows. Optional members are there, too, down to three structures inside
 * each other, and where a structure leads back to itself it ends. Each value is drawn from the seed
 * and its own path, so that a member that the model gains changes no other. Throws a `TypeError`
 * where an override breaks the model.
 */
export function createSample<Value extends object>(
  shape: StructureShape,
  table: SampleTable,
  { seed = 0, overrides = {} }: SampleOptions<Value> = {},
): Value {
  const sample = new SampleWalk(table, seed).structure(shape, { ...start, way: "" });
  if (sample === undefined) throw new TypeError("the shape has no value that ends");
  const members = Object.entries({ ...sample, ...overrides });
  const value = Object.fromEntries(members.filter(([, member]) => member !== undefined));
  const problems = findProblems(shape, value);
  if (problems.length === 0) return value as Value;
  throw new TypeError(`the model does not allow the sample: ${listProblems(problems)}`);
}

/** Where a value is to stand. */
interface Place {
  /** From the top of the sample. */
  readonly path: string;
  /** From the structure around it. */
  readonly way: string;
  readonly hints: SampleHints;
  /** The structures and unions that it is inside of. */
  readonly around: readonly Shape[];
}

const start: Omit<Place, "way"> = { path: "", hints: {}, around: [] };

/** How many structures inside each other show optional members. */
const deepest = 3;

/** How many elements a list has beyond those that it must have. */
const slack = 2;

interface JsonLike {
  readonly [name: string]: unknown;
}

/** Values of shapes. `undefined` where there is none. */
class SampleWalk {
  private readonly table: SampleTable;
  private readonly seed: number;

  constructor(table: SampleTable, seed: number) {
    this.table = table;
    this.seed = seed;
  }

  structure(shape: StructureShape, place: Place): JsonLike | undefined {
    const inside = this.enter(shape, place);
    if (inside === undefined) return undefined;
    const { leavesOut = [] } = inside.hints;
    const isDeep = place.around.length >= deepest;
    const members: [string, unknown][] = [];
    for (const name of Object.keys(shape.members)) {
      const isRequired = shape.required?.includes(name) ?? false;
      if (!isRequired && (isDeep || leavesOut.includes(name))) continue;
      const member = this.value(shape.members[name] as Shape, step(inside, name, name));
      if (member === undefined && isRequired) return undefined;
      if (member !== undefined && (isRequired || !isHollow(member))) members.push([name, member]);
    }
    return Object.fromEntries(members);
  }

  private union(shape: UnionShape, place: Place): JsonLike | undefined {
    const inside = this.enter(shape, place);
    if (inside === undefined) return undefined;
    const { leavesOut = [] } = inside.hints;
    const names = Object.keys(shape.members).filter((name) => !leavesOut.includes(name));
    const first = this.random(place).below(names.length);
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const member = this.value(shape.members[name] as Shape, step(inside, name, name));
      if (member !== undefined) return { [name]: member };
    }
    return undefined;
  }

  /** The place of a structure's members; nothing where the structure would stand inside itself. */
  private enter(shape: Shape, place: Place): Place | undefined {
    if (place.around.includes(shape)) return undefined;
    const hints = this.table.get(shape) ?? {};
    return { path: place.path, way: "", hints, around: [...place.around, shape] };
  }

  private value(shape: Shape, place: Place): unknown {
    switch (shape.type) {
      case "structure":
        return this.structure(shape, place);
      case "union":
        return this.union(shape, place);
      case "list":
        return this.list(shape, place);
      case "map":
        return this.map(shape, place);
      case "string":
        return this.random(place).pick(place.hints.choices?.[place.way] ?? valuesOf(shape));
      case "boolean":
        return this.random(place).below(2) === 1;
      case "timestamp":
        return new Date((firstSecond + this.random(place).below(secondsOfYear)) * 1000);
      case "blob":
        return this.blob(shape, place);
      case "document":
        return { example: this.random(place).below(100) };
      default:
        return (
          this.random(place).pick(place.hints.choices?.[place.way] ?? []) ??
          this.number(shape, place)
        );
    }
  }

  private list(shape: ListShape, place: Place): readonly unknown[] | undefined {
    const count = this.count(shape, place);
    const elements = this.distinct(count, shape.unique ?? false, (index) =>
      this.value(shape.member, step(place, String(index), "member")),
    );
    if (elements.length >= (shape.min ?? 0)) return elements;
    return undefined;
  }

  private map(shape: MapShape, place: Place): JsonLike | undefined {
    const keys = this.distinct(this.count(shape, place), true, (index) =>
      this.value(shape.key, step(place, String(index), "key")),
    );
    const entries = keys.flatMap((key) => {
      const value = this.value(shape.value, step(place, String(key), "value"));
      return value === undefined ? [] : [[String(key), value] as const];
    });
    return entries.length >= (shape.min ?? 0) ? Object.fromEntries(entries) : undefined;
  }

  /** How many elements: at least one, where there may be one. */
  private count({ min = 0, max = Number.POSITIVE_INFINITY }: Bounds, place: Place): number {
    const fewest = Math.min(Math.max(min, 1), max);
    const most = Math.min(fewest + slack, max);
    return fewest + this.random(place).below(most - fewest + 1);
  }

  /** So many values, or fewer where there are none or no others. */
  private distinct(
    count: number,
    isUnique: boolean,
    create: (index: number) => unknown,
  ): readonly unknown[] {
    const found = new Map<string, unknown>();
    for (let index = 0; found.size < count && index < count * patience; index += 1) {
      const value = create(index);
      if (value === undefined) break;
      found.set(isUnique ? fingerprint(value) : String(index), value);
    }
    return [...found.values()];
  }

  private blob(
    { min = 0, max = Number.POSITIVE_INFINITY }: BlobShape,
    place: Place,
  ): Uint8Array | undefined {
    const random = this.random(place);
    const length = Math.min(max, Math.max(min, 8));
    return length < min ? undefined : Uint8Array.from({ length }, () => random.below(256));
  }

  private number(shape: NumberShape, place: Place): bigint | number | string | undefined {
    const [lowest, highest] = typeBounds[shape.type];
    const min = Math.max(shape.min ?? lowest, lowest);
    const max = Math.min(shape.max ?? highest, highest);
    const isWhole = !fractional.has(shape.type);
    const [from, to] = chooseRange(min, max);
    const [first, last] = isWhole ? [Math.ceil(from), Math.floor(to)] : [from, to];
    if (!(first <= last)) return undefined;
    const random = this.random(place);
    const offset = isWhole
      ? random.below(last - first + 1)
      : random.below(Math.floor((last - first) * 4) + 1) / 4;
    const value = first + offset;
    if (shape.type === "bigDecimal") return String(value);
    const isBig =
      shape.type === "bigInteger" || (shape.type === "long" && !Number.isSafeInteger(value));
    return isBig ? BigInt(value) : value;
  }

  private random({ path }: Place): Random {
    return createRandom(this.seed, path);
  }
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** How often a value is tried to be another one. */
const patience = 8;

/** The first second of 2026, in UTC. */
const firstSecond = 1_767_225_600;
const secondsOfYear = 31_536_000;

function step(place: Place, name: string, part: string): Place {
  const way = place.way === "" ? part : `${place.way}.${part}`;
  return { ...place, path: `${place.path}/${name}`, way };
}

function valuesOf({ values = [] }: StringShape): readonly string[] {
  return values;
}

/** Where a list's elements lead back around. */
function isHollow(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function fingerprint(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === "bigint" ? `${part}n` : part,
  );
}

/** Numbers that people use, where the bounds let them. */
function chooseRange(min: number, max: number): readonly [number, number] {
  const [low, high] = [Math.max(min, 1), Math.min(max, 100)];
  if (low <= high) return [low, high];
  return min > 100 ? [min, Math.min(max, min + 100)] : [Math.max(min, max - 100), max];
}

const unbounded = [-Infinity, Infinity] as const;
const typeBounds: { readonly [type in NumberShape["type"]]: readonly [number, number] } = {
  bigDecimal: unbounded,
  bigInteger: unbounded,
  byte: [-128, 127],
  double: unbounded,
  float: unbounded,
  integer: [-2_147_483_648, 2_147_483_647],
  // The largest number below 2 ** 63 is not one less than that.
  long: [-0x8000000000000000, 0x7ffffffffffffc00],
  short: [-32_768, 32_767],
};

const fractional: ReadonlySet<Shape["type"]> = /* @__PURE__ */ new Set<Shape["type"]>([
  "bigDecimal",
  "double",
  "float",
]);
