import { closureOf } from "../ir/closure.ts";
import { compilePattern } from "../ir/pattern.ts";
import type { Presence } from "../ir/presence.ts";
import type { Service } from "../ir/service.ts";
import type { Constraints, Member, Shape, StructureShape, UnionShape } from "../ir/shape.ts";
import { membersOf } from "../ir/shape.ts";
import { readExample } from "./read-example.ts";
import { isFitting, sampleStrings } from "./sample-string.ts";
import { type SampleValue, singular } from "./sample-value.ts";

/** What sample data of a service is made from, beyond its shapes. */
export interface SamplePlan {
  /** The inputs and outputs that there are samples of, in the model's order. */
  readonly roots: readonly StructureShape[];
  /** Those that there are none of: a part that they must have is one that nothing fits. */
  readonly missing: readonly StructureShape[];
  readonly hints: readonly StructureHints[];
}

/** What is known of a structure or union. */
export interface StructureHints {
  readonly shape: StructureShape | UnionShape;
  readonly choices: readonly Choice[];
  readonly leftOut: readonly LeftOut[];
}

/** What there is to choose from at a place in a structure. */
export interface Choice {
  /** The way inside the structure, such as `Names.member`. */
  readonly way: string;
  /** What the values are of, for the name of a constant. */
  readonly name: string;
  readonly values: readonly (number | string)[];
}

export interface LeftOut {
  readonly member: string;
  /** Absent where the member is simply better left out. */
  readonly reason: string | undefined;
}

/** How many texts there are to choose from, where a list need not have more. */
const variety = 3;

/** Texts for every string of the inputs and outputs, and what has no value. Nothing here depends on a seed. */
export function planSamples(service: Service, isPresent: Presence): SamplePlan {
  const roots = rootsOf(service);
  const closure = closureOf(roots);
  const structures = service.shapes.filter(
    (shape): shape is StructureShape | UnionShape =>
      closure.has(shape) && (shape.type === "structure" || shape.type === "union"),
  );
  const texts = new TextSource(readExampleTexts(service));
  const ending = findEnding(structures, isPresent, texts);
  const tokens = pageTokensOf(service);
  const hints = structures.map((shape): StructureHints => {
    const leftOut = shape.members.flatMap((member): readonly LeftOut[] => {
      const reason = ending.ends(member) ? undefined : describeObstacle(member, texts);
      if (reason !== undefined) return [{ member: member.name, reason }];
      return !isPresent(shape, member) && isBetterLeftOut(member, tokens)
        ? [{ member: member.name, reason: undefined }]
        : [];
    });
    const absent = new Set(leftOut.map(({ member }) => member));
    const shown = shape.members.filter(({ name }) => !absent.has(name));
    const choices = shown.flatMap((member) => choicesOf(member, member.name, texts));
    return { shape, choices, leftOut };
  });
  return {
    roots: roots.filter((root) => ending.has(root)),
    missing: roots.filter((root) => !ending.has(root)),
    hints: hints.filter(({ choices, leftOut }) => choices.length > 0 || leftOut.length > 0),
  };
}

function rootsOf({ operations, shapes }: Service): readonly StructureShape[] {
  const roots = new Set<Shape>(
    operations
      .flatMap(({ input, output }) => [input, output])
      .filter((shape) => shape !== undefined),
  );
  return shapes.filter(
    (shape): shape is StructureShape => shape.type === "structure" && roots.has(shape),
  );
}

/** A sample that says that there is another page would make a reader ask for ever. */
function pageTokensOf({ operations }: Service): ReadonlySet<string> {
  return new Set(
    operations.flatMap(({ pagination }) =>
      pagination === undefined
        ? []
        : [pagination.inputToken, pagination.outputToken.at(-1)].flatMap(
            (member) => member?.id ?? [],
          ),
    ),
  );
}

function isBetterLeftOut(
  { id, deprecated, idempotencyToken }: Member,
  tokens: ReadonlySet<string>,
): boolean {
  return deprecated !== undefined || idempotencyToken || tokens.has(id);
}

/** Which structures have a value that ends, and that is known. */
function findEnding(
  structures: readonly (StructureShape | UnionShape)[],
  isPresent: Presence,
  texts: TextSource,
): { has(shape: Shape): boolean; ends(member: Member): boolean } {
  const found = new Set<Shape>();
  const ends = ({ target, constraints }: Member): boolean => {
    switch (target.type) {
      case "structure":
      case "union":
        return found.has(target);
      case "list":
        return ends(target.member) || isEmptyAllowed(constraints);
      case "map":
        return (ends(target.key) && ends(target.value)) || isEmptyAllowed(constraints);
      case "enum":
      case "intEnum":
        return target.values.length > 0;
      case "string":
        return texts.of(target, constraints, { name: target.name }).length > 0;
      default:
        return true;
    }
  };
  const isEnding = (shape: StructureShape | UnionShape): boolean => {
    if (shape.type === "structure")
      return shape.members.every((member) => !isPresent(shape, member) || ends(member));
    return !shape.traits.has("smithy.api#streaming") && shape.members.some(ends);
  };
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const shape of structures) if (isEnding(shape)) found.add(shape);
  }
  return { has: (shape) => found.has(shape), ends };
}

function isEmptyAllowed({ length }: Constraints): boolean {
  return (length?.min ?? 0) <= 0;
}

function describeObstacle(member: Member, texts: TextSource): string {
  const unmatched = stringsOf(member).find(
    ({ target, constraints }) => texts.of(target, constraints, { name: target.name }).length === 0,
  );
  return unmatched?.constraints.pattern === undefined
    ? "it has no value that ends"
    : `no text is known to fit ${unmatched.constraints.pattern}`;
}

/** The strings of a member, in its lists and maps. */
function stringsOf(member: Member): readonly Member[] {
  const { target } = member;
  if (target.type === "string") return [member];
  return target.type === "list" || target.type === "map"
    ? membersOf(target).flatMap(stringsOf)
    : [];
}

function choicesOf(
  { id, target, constraints, name }: Member,
  way: string,
  texts: TextSource,
  count: number = variety,
): readonly Choice[] {
  switch (target.type) {
    case "string": {
      const made = texts.of(target, constraints, { name, count });
      const told = texts.examplesOf(id).filter((text) => isFitting(constraints, text));
      const values = [...new Set([...told, ...made])].slice(0, count);
      return values.length === 0 ? [] : [{ way, name: texts.nameOf(target, name), values }];
    }
    case "intEnum":
      return [{ way, name: target.name, values: target.values.map(({ value }) => value) }];
    case "list":
      return choicesOf(
        { ...target.member, name: singular(name) },
        `${way}.member`,
        texts,
        Math.max(variety, constraints.length?.min ?? 0),
      );
    case "map": {
      const least = Math.max(variety, constraints.length?.min ?? 0);
      return [
        ...choicesOf({ ...target.key, name: `${name}Key` }, `${way}.key`, texts, least),
        ...choicesOf({ ...target.value, name: `${name}Value` }, `${way}.value`, texts),
      ];
    }
    default:
      return [];
  }
}

/** Texts by the members that have them. */
type ExampleTexts = ReadonlyMap<string, ReadonlySet<string>>;

function readExampleTexts({ operations }: Service): ExampleTexts {
  const found = new Map<string, Set<string>>();
  const add = (id: string, text: string): void => {
    found.set(id, (found.get(id) ?? new Set()).add(text));
  };
  const visitMember = ({ id, target }: Member, value: SampleValue): void => {
    if (target.type === "string" && value.kind === "string") add(id, value.value);
    else visit(target, value);
  };
  const visit = (shape: Shape, value: SampleValue): void => {
    if (shape.type === "list" && value.kind === "list") {
      for (const item of value.items) visitMember(shape.member, item);
    }
    if (value.kind !== "object") return;
    for (const entry of value.entries) {
      if (shape.type === "map") {
        add(shape.key.id, entry.key);
        visitMember(shape.value, entry.value);
      } else if (shape.type === "structure" || shape.type === "union") {
        const member = shape.members.find(({ name }) => name === entry.key);
        if (member !== undefined) visitMember(member, entry.value);
      }
    }
  };
  for (const operation of operations) {
    for (const side of ["input", "output"] as const) {
      const example = readExample(operation, side);
      if (operation[side] !== undefined && example !== undefined) visit(operation[side], example);
    }
  }
  return found;
}

/** Texts for string shapes. A model uses the same shape for many members. */
class TextSource {
  private readonly known = new Map<string, readonly string[]>();
  private readonly examples: ExampleTexts;

  constructor(examples: ExampleTexts) {
    this.examples = examples;
  }

  /** What the model's examples have for a member. */
  examplesOf(memberId: string): readonly string[] {
    return [...(this.examples.get(memberId) ?? [])];
  }

  of(
    target: Shape,
    { length, pattern }: Constraints,
    { name, count = variety }: { readonly name: string; readonly count?: number },
  ): readonly string[] {
    const hint = this.nameOf(target, name);
    const key = JSON.stringify([hint, length, pattern, count]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // What JavaScript cannot read nobody can be sure to meet.
    const isReadable = pattern === undefined || compilePattern(pattern) !== undefined;
    const texts = isReadable ? sampleStrings({ length, pattern }, { hint, count }) : [];
    this.known.set(key, texts);
    return texts;
  }

  /** A shape that is every text says less than the member that has it. */
  nameOf({ id, name }: Shape, member: string): string {
    return id.startsWith("smithy.api#") || genericNames.test(name) ? member : name;
  }
}

const genericNames = /^_*(?:non_?empty)?_*string\d*$/i;
