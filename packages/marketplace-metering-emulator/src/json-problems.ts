/** One thing that is wrong with a JSON document. */
export interface JsonProblem {
  /** RFC 6901, such as `/products/0/productCode`; empty for the whole document. */
  readonly pointer: string;
  readonly message: string;
}

/** A JSON document is not what belongs there. The message lists every problem with its pointer. */
export class InvalidJsonError extends Error {
  readonly problems: readonly JsonProblem[];

  constructor(what: string, problems: readonly JsonProblem[]) {
    const lines = problems.map(({ pointer, message }) =>
      pointer === "" ? message : `${pointer}: ${message}`,
    );
    super(lines.length === 1 ? `${what}: ${lines[0]}` : `${what}:\n  ${lines.join("\n  ")}`);
    this.name = "InvalidJsonError";
    this.problems = problems;
  }
}

/** What a member has to be: `undefined` where the value is right, else what belongs there. */
export type MemberCheck = (value: unknown) => string | undefined;

export interface MemberRule {
  readonly check: MemberCheck;
  readonly required?: boolean;
}

export interface MemberRules {
  readonly [name: string]: MemberRule;
}

/** Looks through a JSON document, and collects what is wrong with it. */
export class JsonReader {
  readonly problems: JsonProblem[] = [];

  report(pointer: string, message: string): void {
    this.problems.push({ pointer, message });
  }

  expect(pointer: string, value: unknown, what: string): void {
    this.report(pointer, `found ${printValue(value)}; ${what} belongs here`);
  }

  /** The members of an object, or nothing where it is none. */
  readObject(
    value: unknown,
    pointer: string,
    members: MemberRules,
  ): { readonly [name: string]: unknown } | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.expect(pointer, value, "an object");
      return undefined;
    }
    const object = value as { readonly [name: string]: unknown };
    for (const name of Object.keys(object)) {
      if (Object.hasOwn(members, name)) continue;
      const known = Object.keys(members).join(", ");
      this.report(at(pointer, name), `is unknown; what belongs here is one of ${known}`);
    }
    for (const [name, { check, required = false }] of Object.entries(members)) {
      const member = object[name];
      if (member === undefined && !required) continue;
      const what = check(member);
      if (what !== undefined) this.expect(at(pointer, name), member, what);
    }
    return object;
  }

  /** The elements of a list with their pointers; none where it is absent or no list. */
  readList(value: unknown, pointer: string): readonly (readonly [unknown, string])[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) {
      return value.map((element: unknown, index) => [element, at(pointer, String(index))]);
    }
    this.expect(pointer, value, "an array");
    return [];
  }
}

export function at(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

export function printValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
}
