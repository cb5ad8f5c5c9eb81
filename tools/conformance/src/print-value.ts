/** A value for people, on one line. Whatever is long is cut. */
export function printValue(value: unknown): string {
  return print(value, 4);
}

const shownElements = 20;
const shownCharacters = 100;

function print(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return printText(value);
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "object":
      return value === null ? "null" : printObject(value, depth);
    case "function":
      return `[function ${value.name}]`;
    default:
      return String(value);
  }
}

function printObject(value: object, depth: number): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "no date" : value.toISOString();
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const name = value.constructor?.name ?? "Object";
  if (value instanceof Uint8Array) return `${name} ${printList([...value], depth)}`;
  if (Array.isArray(value)) return printList(value, depth);
  const members = Object.entries(value).map(([key, member]) =>
    depth === 0 ? "…" : `${printName(key)}: ${print(member, depth - 1)}`,
  );
  const text = members.length === 0 ? "{}" : `{ ${cut(members).join(", ")} }`;
  return name === "Object" ? text : `${name} ${text}`;
}

function printList(list: readonly unknown[], depth: number): string {
  if (list.length === 0) return "[]";
  const elements = list.map((element) => (depth === 0 ? "…" : print(element, depth - 1)));
  return `[ ${cut(elements).join(", ")} ]`;
}

function cut(parts: readonly string[]): readonly string[] {
  const more = parts.length - shownElements;
  return more > 0 ? [...parts.slice(0, shownElements), `… ${more} more`] : parts;
}

function printText(text: string): string {
  const shown = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
  const escaped = JSON.stringify(shown).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}

function printName(name: string): string {
  return /^[\w$]+$/.test(name) ? name : printText(name);
}
