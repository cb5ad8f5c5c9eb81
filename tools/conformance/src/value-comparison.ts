import { printValue } from "./print-value.ts";

/**
 * Compares values of any depth, strictly: no member more and none less, no number for a `bigint`, no
 * other class. A member that is expected to be `undefined` is expected to be absent.
 */
export function compareValues(expected: unknown, actual: unknown, path: string): readonly string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return compareLists(expected, actual, path);
  }
  if (isPlainObject(expected) && isPlainObject(actual)) {
    return compareObjects(expected, actual, path);
  }
  return isSame(expected, actual) ? [] : [describeDifference(path, expected, actual)];
}

export function describeDifference(path: string, expected: unknown, actual: unknown): string {
  return `${path}: expected ${printValue(expected)}, found ${printValue(actual)}`;
}

interface PlainObject {
  readonly [name: string]: unknown;
}

function compareLists(
  expected: readonly unknown[],
  actual: readonly unknown[],
  path: string,
): readonly string[] {
  if (expected.length !== actual.length) return [describeDifference(path, expected, actual)];
  return expected.flatMap((element, index) =>
    compareValues(element, actual[index], `${path}[${index}]`),
  );
}

function compareObjects(
  expected: PlainObject,
  actual: PlainObject,
  path: string,
): readonly string[] {
  const wanted = Object.keys(expected).filter((name) => expected[name] !== undefined);
  const extra = Object.keys(actual).filter((name) => !wanted.includes(name));
  return [
    ...wanted.flatMap((name) =>
      Object.hasOwn(actual, name)
        ? compareValues(expected[name], actual[name], memberPath(path, name))
        : [`${memberPath(path, name)}: expected ${printValue(expected[name])}, found nothing`],
    ),
    ...extra.map(
      (name) => `${memberPath(path, name)}: expected nothing, found ${printValue(actual[name])}`,
    ),
  ];
}

function isSame(expected: unknown, actual: unknown): boolean {
  if (expected instanceof Date) {
    return actual instanceof Date && expected.getTime() === actual.getTime();
  }
  if (expected instanceof Uint8Array) {
    return actual instanceof Uint8Array && isSameBytes(expected, actual);
  }
  return expected === actual || (Number.isNaN(expected) && Number.isNaN(actual));
}

function isSameBytes(expected: Uint8Array, actual: Uint8Array): boolean {
  return (
    expected.length === actual.length && expected.every((byte, index) => byte === actual[index])
  );
}

function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function memberPath(path: string, name: string): string {
  return /^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}
