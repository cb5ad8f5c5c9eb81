import { brandOf } from "./brand.ts";
import { isRecord, type NumberRange, type ShapeCheck } from "./check-input.ts";
import type {
  BlobShape,
  DocumentShape,
  MapShape,
  NumberShape,
  Shape,
  UnionShape,
} from "./shape.ts";

// A service brings those of its inputs, so that a bundle has no others.

export const checkBlob: ShapeCheck<BlobShape> = (check, shape, value) => {
  if (isUint8Array(value)) check.size(shape, value.length, "bytes");
  else check.wrong("a Uint8Array", value);
};

export const checkMap: ShapeCheck<MapShape> = (check, shape, value) => {
  if (!isRecord(value)) {
    check.wrong("an object", value);
    return;
  }
  const entries = Object.entries(value);
  check.size(shape, entries.length, "entries");
  for (const [key, element] of entries) {
    check.stepInto(key, shape.key, key, shape.key.sensitive);
    if (element !== null || !shape.sparse) {
      check.stepInto(key, shape.value, element, shape.key.sensitive);
    }
  }
};

export const checkUnion: ShapeCheck<UnionShape> = (check, shape, value) => {
  if (!isRecord(value)) {
    check.wrong("an object", value);
    return;
  }
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  if (names.length !== 1) {
    const known = Object.keys(shape.members);
    const found = names.map((name) => check.nameOf(shape, name)).join(", ") || "none";
    check.report(`exactly one of ${known.join(", ")} must be set, not ${found}`);
  }
  check.members(shape, value);
};

export const checkDocument: ShapeCheck<DocumentShape> = (check, _shape, value) => {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    check.elements(anyDocument, value);
  } else if (isRecord(value) && isPlain(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (member !== undefined) check.stepInto(name, anyDocument, member);
    }
  } else check.wrong("a JSON value", value);
};

export const checkLong: ShapeCheck<NumberShape> = (check, shape, value) => {
  check.number(shape, value, {
    description: "a safe integer or a bigint of 64 bits",
    accepts: (given) => Number.isSafeInteger(given) || isLong(given),
  });
};

/** Of `float` and `double`. */
export const checkDouble: ShapeCheck<NumberShape> = (check, shape, value) => {
  check.number(shape, value, doubles);
};

export const checkBigInteger: ShapeCheck<NumberShape> = (check, shape, value) => {
  check.number(shape, value, {
    description: "a bigint",
    accepts: (given) => typeof given === "bigint",
  });
};

export const checkBigDecimal: ShapeCheck<NumberShape> = (check, shape, value) => {
  check.number(shape, value, {
    description: "a string with a decimal number",
    accepts: (given) =>
      typeof given === "string" && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(given),
  });
};

const anyDocument: Shape = { type: "document" };

const doubles: NumberRange = {
  description: "a number",
  accepts: (value) => typeof value === "number",
};

function isLong(value: unknown): boolean {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

function isUint8Array(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && brandOf(value) === "[object Uint8Array]";
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has another Object.prototype; that one's own prototype is null too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
