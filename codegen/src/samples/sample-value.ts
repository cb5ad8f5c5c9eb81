import { isAlwaysGiven } from "../ir/presence.ts";
import type {
  Bounds,
  Constraints,
  ListShape,
  MapShape,
  Member,
  NumberShape,
  Shape,
  StructureShape,
  UnionShape,
} from "../ir/shape.ts";
import { sampleString } from "./sample-string.ts";

/** A value that a shape accepts, in TypeScript's terms. */
export type SampleValue =
  | { readonly kind: "bigint"; readonly value: bigint }
  | { readonly kind: "blob"; readonly bytes: readonly number[] }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "list"; readonly items: readonly SampleValue[] }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "object"; readonly entries: readonly SampleEntry[] }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "timestamp"; readonly iso: string };

/** A member of a structure or a union, or an entry of a map or of a document. */
export interface SampleEntry {
  readonly key: string;
  readonly value: SampleValue;
}

export interface SampleOptions {
  /**
   * How many levels of structures show optional members too; below them only required ones are
   * there. 3 if absent, 0 for required members alone.
   */
  readonly depth?: number | undefined;
  /** A name that strings may be made from; the shape's own if absent. */
  readonly hint?: string | undefined;
  /** 0, 1, 2 …: each gives another value where the shape has as many. 0 if absent. */
  readonly variant?: number | undefined;
  /** Optional members to leave out, such as the token that would make a reader ask for more pages. */
  readonly leavesOut?: ((member: Member) => boolean) | undefined;
}

/**
 * A value that a shape accepts: the same at every call. Optional members that are deprecated, that
 * lead back to a shape around them, or that the client fills in itself (idempotency tokens) are left
 * out. Nothing comes back where there is no such value or none was found, as for an event stream, a
 * required member that leads back to its own structure, or a pattern that no string fits.
 */
export function sampleValue(shape: Shape, options: SampleOptions = {}): SampleValue | undefined {
  const constraints = "constraints" in shape ? shape.constraints : unconstrained;
  return sampleShape(shape, createPlace(shape.name, constraints, options));
}

/** As `sampleValue`, for a member: under its name and its own constraints. */
export function sampleMember(member: Member, options: SampleOptions = {}): SampleValue | undefined {
  return sampleShape(member.target, createPlace(member.name, member.constraints, options));
}

/** The JavaScript value that a printed sample evaluates to. */
export function evaluateSample(sample: SampleValue): unknown {
  switch (sample.kind) {
    case "blob":
      return Uint8Array.from(sample.bytes);
    case "list":
      return sample.items.map(evaluateSample);
    case "object":
      return Object.fromEntries(
        sample.entries.map(({ key, value }) => [key, evaluateSample(value)]),
      );
    case "timestamp":
      return new Date(sample.iso);
    default:
      return sample.value;
  }
}

const unconstrained: Constraints = {
  length: undefined,
  range: undefined,
  pattern: undefined,
  uniqueItems: false,
};

/** Where a sample is to stand. */
interface Place {
  readonly depth: number;
  readonly hint: string;
  readonly variant: number;
  readonly leavesOut: (member: Member) => boolean;
  readonly constraints: Constraints;
  /** The structures and unions that the place is inside of. */
  readonly around: readonly Shape[];
}

function createPlace(name: string, constraints: Constraints, options: SampleOptions): Place {
  const { depth = 3, hint = name, variant = 0, leavesOut = () => false } = options;
  return { depth, hint, variant, leavesOut, constraints, around: [] };
}

function sampleShape(shape: Shape, place: Place): SampleValue | undefined {
  const { constraints, hint, variant } = place;
  switch (shape.type) {
    case "boolean":
      return variant < 2 ? { kind: "boolean", value: variant === 0 } : undefined;
    case "string": {
      const value = sampleString(constraints, { hint, variant });
      return value === undefined ? undefined : { kind: "string", value };
    }
    case "enum": {
      const value = shape.values[variant]?.value;
      return value === undefined ? undefined : { kind: "string", value };
    }
    case "intEnum": {
      const value = shape.values[variant]?.value;
      return value === undefined ? undefined : { kind: "number", value };
    }
    case "timestamp":
      return { kind: "timestamp", iso: timestampOf(variant) };
    case "document": {
      const value: SampleValue = { kind: "number", value: variant + 1 };
      return { kind: "object", entries: [{ key: "example", value }] };
    }
    case "blob":
      return sampleBlob(place);
    case "list":
      return sampleList(shape, place);
    case "map":
      return sampleMap(shape, place);
    case "structure":
      return sampleStructure(shape, place);
    case "union":
      return sampleUnion(shape, place);
    default:
      return sampleNumber(shape, place);
  }
}

/** An hour apart, so that no two records look like one. */
function timestampOf(variant: number): string {
  const time = Date.UTC(2026, 6, 1, variant);
  return new Date(time).toISOString().replace(".000Z", "Z");
}

const smallest: ReadonlyMap<Shape["type"], number> = new Map([
  ["byte", -(2 ** 7)],
  ["short", -(2 ** 15)],
  ["integer", -(2 ** 31)],
]);

/** 1 where the range has it, else 0, else an end of the range; the variants follow from there. */
function sampleNumber({ type }: NumberShape, place: Place): SampleValue | undefined {
  const { min: rangeMin = Number.NEGATIVE_INFINITY, max: rangeMax = Number.POSITIVE_INFINITY } =
    place.constraints.range ?? {};
  const lowest = smallest.get(type);
  const min = Math.max(rangeMin, lowest ?? rangeMin);
  const max = Math.min(rangeMax, lowest === undefined ? rangeMax : -lowest - 1);
  const isIn = (value: number): boolean => Number.isFinite(value) && value >= min && value <= max;
  const isWhole = type !== "float" && type !== "double" && type !== "bigDecimal";
  const ends = isWhole ? [Math.ceil(rangeMin), Math.floor(rangeMax)] : [rangeMin, rangeMax];
  const first = [1, 0, ...ends].find(isIn);
  if (first === undefined) return undefined;
  const value = [first + place.variant, first - place.variant].find(isIn);
  if (value === undefined) return undefined;
  if (type === "bigDecimal") return { kind: "string", value: String(value) };
  const isBig = type === "bigInteger" || (type === "long" && !Number.isSafeInteger(value));
  return isBig ? { kind: "bigint", value: BigInt(value) } : { kind: "number", value };
}

/** A blob up to here is told apart by its bytes, a longer one is filled with zeros. */
const shownBytes = 16;

function sampleBlob({ constraints, variant }: Place): SampleValue | undefined {
  const { min, max } = readBounds(constraints.length);
  if (min > max) return undefined;
  const length = Math.min(max, Math.max(min, 3));
  if (variant > 0 && length === 0) return undefined;
  const bytes = Array.from({ length }, (_, index) => (length > shownBytes ? 0 : index + 1));
  if (variant > 0) bytes[0] = (bytes[0] ?? 0) + variant;
  return bytes.every((byte) => byte < 256) ? { kind: "blob", bytes } : undefined;
}

function sampleList(shape: ListShape, place: Place): SampleValue | undefined {
  const { length, uniqueItems } = place.constraints;
  const count = countOf(length);
  if (count === undefined) return undefined;
  const hint = shape.member.name === "member" ? singular(place.hint) : shape.member.name;
  const at = (variant: number): SampleValue | undefined =>
    sampleAt(shape.member, { ...place, hint, variant });
  const items = sampleDistinct(count, place.variant, at);
  const [filler = at(0)] = items;
  if (items.length < count && !uniqueItems && filler !== undefined) {
    items.push(...new Array<SampleValue>(count - items.length).fill(filler));
  }
  if (items.length >= count) return { kind: "list", items };
  return isEmptyAllowed(length) ? { kind: "list", items: [] } : undefined;
}

function sampleMap(shape: MapShape, place: Place): SampleValue | undefined {
  const { length } = place.constraints;
  const count = countOf(length);
  if (count === undefined) return undefined;
  const keys = sampleDistinct(count, place.variant, (variant) =>
    sampleAt(shape.key, { ...place, hint: shape.key.name, variant }),
  );
  const entries = keys.flatMap((key, index): SampleEntry[] => {
    const at = { ...place, hint: shape.value.name };
    const value =
      sampleAt(shape.value, { ...at, variant: place.variant + index }) ??
      sampleAt(shape.value, { ...at, variant: 0 });
    return key.kind === "string" && value !== undefined ? [{ key: key.value, value }] : [];
  });
  if (entries.length >= count) return { kind: "object", entries };
  return isEmptyAllowed(length) ? { kind: "object", entries: [] } : undefined;
}

function sampleStructure(shape: StructureShape, place: Place): SampleValue | undefined {
  if (place.around.includes(shape)) return undefined;
  const inside = { ...place, depth: place.depth - 1, around: [...place.around, shape] };
  const entries: SampleEntry[] = [];
  for (const member of shape.members) {
    const { name } = member;
    const required = isAlwaysGiven(member);
    if (!required && (place.depth < 1 || isBetterLeftOut(member) || place.leavesOut(member))) {
      continue;
    }
    const at = { ...inside, hint: name };
    const value = sampleAt(member, at) ?? sampleAt(member, { ...at, variant: 0 });
    if (value !== undefined && (required || !isHollow(member, value))) {
      entries.push({ key: name, value });
    } else if (required) {
      return undefined;
    }
  }
  return { kind: "object", entries };
}

function isBetterLeftOut(member: Member): boolean {
  return member.deprecated !== undefined || member.idempotencyToken;
}

/** Where a list's elements lead back around, or a structure's members are below the depth. */
function isHollow({ target }: Member, value: SampleValue): boolean {
  if (value.kind === "list") return value.items.length === 0;
  if (value.kind !== "object" || value.entries.length > 0) return false;
  return target.type !== "structure" || target.members.length > 0;
}

function sampleUnion(shape: UnionShape, place: Place): SampleValue | undefined {
  // A streaming union is a stream of events, which is no value.
  if (place.around.includes(shape) || shape.traits.has("smithy.api#streaming")) return undefined;
  const inside = { ...place, depth: place.depth - 1, around: [...place.around, shape] };
  for (const member of shape.members) {
    const value = sampleAt(member, { ...inside, hint: member.name });
    if (value !== undefined) return { kind: "object", entries: [{ key: member.name, value }] };
  }
  return undefined;
}

function sampleAt(member: Member, place: Place): SampleValue | undefined {
  return sampleShape(member.target, { ...place, constraints: member.constraints });
}

/** One element, or as many as are asked for; `undefined` where the bounds leave no room. */
function countOf(length: Bounds | undefined): number | undefined {
  const { min, max } = readBounds(length);
  return min > max ? undefined : Math.min(max, Math.max(1, min));
}

function readBounds(length: Bounds | undefined): { readonly min: number; readonly max: number } {
  return { min: length?.min ?? 0, max: length?.max ?? Number.POSITIVE_INFINITY };
}

function isEmptyAllowed(length: Bounds | undefined): boolean {
  return readBounds(length).min <= 0;
}

/** So many values, no two alike, or fewer where there are no more. */
function sampleDistinct(
  count: number,
  firstVariant: number,
  sample: (variant: number) => SampleValue | undefined,
): SampleValue[] {
  const found = new Map<string, SampleValue>();
  for (let step = 0; found.size < count && step < count * 2; step += 1) {
    const value = sample(firstVariant + step);
    if (value === undefined) break;
    found.set(fingerprint(value), value);
  }
  return [...found.values()];
}

function fingerprint(value: SampleValue): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "bigint" ? `${part}n` : part,
  );
}

/** `SubnetIds` holds a `SubnetId`. */
export function singular(name: string): string {
  if (/ies$/.test(name)) return name.replace(/ies$/, "y");
  return /[^su]s$/i.test(name) ? name.slice(0, -1) : name;
}
