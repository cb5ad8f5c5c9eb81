import { readFileSync } from "node:fs";

/** A model as its file has it: an oracle that knows nothing of the generator. */
export interface RawModel {
  readonly [id: string]: RawShape;
}

interface RawShape {
  readonly type: string;
  readonly traits?: Traits;
  readonly members?: { readonly [name: string]: RawMember };
  readonly member?: RawMember;
  readonly key?: RawMember;
  readonly value?: RawMember;
}

interface RawMember {
  readonly target: string;
  readonly traits?: Traits;
}

interface Traits {
  readonly "smithy.api#length"?: Bounds;
  readonly "smithy.api#range"?: Bounds;
  readonly "smithy.api#pattern"?: string;
  readonly "smithy.api#required"?: object;
  readonly "smithy.api#clientOptional"?: object;
  readonly "smithy.api#uniqueItems"?: object;
  readonly "smithy.api#enumValue"?: number | string;
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export function readModel(file: string): RawModel {
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly shapes: RawModel }).shapes;
}

/** Every way in which a value breaks what the model says of a shape, patterns and enums included. */
export function findModelProblems(
  model: RawModel,
  name: string,
  value: unknown,
): readonly string[] {
  const id = Object.keys(model).find((key) => key.endsWith(`#${name}`));
  if (id === undefined) return [`the model has no ${name}`];
  const problems: string[] = [];
  checkValue({ target: id }, value, { model, problems, path: name });
  return problems;
}

interface Place {
  readonly model: RawModel;
  readonly problems: string[];
  readonly path: string;
}

function checkValue({ target, traits }: RawMember, value: unknown, place: Place): void {
  const shape = place.model[target] ?? { type: target.replace("smithy.api#", "").toLowerCase() };
  const constraints = { ...shape.traits, ...traits };
  const { problems, path } = place;
  const isWithin = (size: number, bounds: Bounds = {}): void => {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bounds;
    if (!(size >= min && size <= max)) problems.push(`${path}: ${size} is out of bounds`);
  };
  const inside = (part: string): Place => ({ ...place, path: `${path}.${part}` });
  const length = constraints["smithy.api#length"];
  switch (shape.type) {
    case "string": {
      const text = String(value);
      const pattern = constraints["smithy.api#pattern"];
      isWithin(Array.from(text).length, length);
      if (pattern !== undefined && !compile(pattern).test(text)) {
        problems.push(`${path}: ${text} does not match ${pattern}`);
      }
      if (typeof value !== "string") problems.push(`${path}: is no string`);
      return;
    }
    case "enum":
    case "intEnum": {
      const values = Object.entries(shape.members ?? {}).map(
        ([name, member]) => member.traits?.["smithy.api#enumValue"] ?? name,
      );
      if (!values.includes(value as string)) problems.push(`${path}: is no value of the enum`);
      return;
    }
    case "blob":
      isWithin((value as Uint8Array).length, length);
      return;
    case "list": {
      const elements = value as readonly unknown[];
      isWithin(elements.length, length);
      const isUnique = constraints["smithy.api#uniqueItems"] !== undefined;
      if (isUnique && new Set(elements.map((one) => JSON.stringify(one))).size < elements.length) {
        problems.push(`${path}: has equal elements`);
      }
      for (const element of elements)
        checkValue(shape.member as RawMember, element, inside("member"));
      return;
    }
    case "map": {
      const entries = Object.entries(value as object);
      isWithin(entries.length, length);
      for (const [key, entry] of entries) {
        checkValue(shape.key as RawMember, key, inside("key"));
        checkValue(shape.value as RawMember, entry, inside("value"));
      }
      return;
    }
    case "structure":
    case "union":
      checkMembers(shape, value as object, place);
      return;
    case "timestamp":
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) {
        problems.push(`${path}: is no date`);
      }
      return;
    case "boolean":
      if (typeof value !== "boolean") problems.push(`${path}: is no boolean`);
      return;
    case "document":
      return;
    default:
      isWithin(Number(value), constraints["smithy.api#range"]);
  }
}

function checkMembers(shape: RawShape, value: object, place: Place): void {
  const { problems, path } = place;
  const members = shape.members ?? {};
  if (shape.type === "union" && Object.keys(value).length !== 1) {
    problems.push(`${path}: has not one member`);
  }
  for (const [name, { traits = {} }] of Object.entries(members)) {
    const isRequired =
      traits["smithy.api#required"] !== undefined &&
      traits["smithy.api#clientOptional"] === undefined;
    if (isRequired && !Object.hasOwn(value, name)) problems.push(`${path}.${name}: is missing`);
  }
  for (const [name, part] of Object.entries(value)) {
    const member = members[name];
    if (member === undefined) problems.push(`${path}.${name}: is no member`);
    else checkValue(member, part, { ...place, path: `${path}.${name}` });
  }
}

/** Models are written for Java, which knows classes that JavaScript does not. */
function compile(pattern: string): RegExp {
  const source = pattern.replaceAll("\\p{Print}", "[\\x20-\\x7E]");
  try {
    return new RegExp(source, "u");
  } catch {
    return new RegExp(source);
  }
}
