import type { AST } from "@eslint-community/regexpp";
import { capitalize } from "../ir/naming.ts";
import { compilePattern, isQuickFor } from "../ir/pattern.ts";
import type { Bounds, Constraints } from "../ir/shape.ts";
import {
  enumerateTexts,
  type Gap,
  type Plan,
  quantifiersOf,
  readPattern,
} from "./pattern-strings.ts";

export type StringConstraints = Pick<Constraints, "length" | "pattern">;

export interface StringSampleOptions {
  /** A name that the value may be made from, such as the member's; `example` stands for none. */
  readonly hint?: string | undefined;
  /** 0, 1, 2 …: each gives another value. 0 if absent. */
  readonly variant?: number | undefined;
}

/**
 * A string that a shape accepts, made to be read by people where its pattern lets it. The same
 * arguments always give the same string; nothing comes back where none was found. A pattern that
 * does not compile is no constraint, as in generated code. Where a test might keep the generator
 * busy, the string is made by the pattern and not tested.
 */
export function sampleString(
  constraints: StringConstraints,
  options: StringSampleOptions = {},
): string | undefined {
  const { variant = 0 } = options;
  return sampleStrings(constraints, { ...options, count: variant + 1 })[variant];
}

/** As `sampleString`: so many strings, or as many as were found. */
export function sampleStrings(
  constraints: StringConstraints,
  { hint = "", count }: { readonly hint?: string | undefined; readonly count: number },
): readonly string[] {
  const bounds = readBounds(constraints.length);
  const expression =
    constraints.pattern === undefined ? undefined : compilePattern(constraints.pattern);
  const found = new Set<string>();
  for (const { text, isFromPattern } of candidates(expression, bounds, hint)) {
    const length = lengthOf(text);
    if (length < bounds.min || length > bounds.max) continue;
    if (expression !== undefined && !accepts(expression, text, isFromPattern)) continue;
    found.add(text);
    if (found.size >= count) break;
  }
  return [...found];
}

/** Whether a text of others can be seen to meet the constraints. */
export function isFitting({ length, pattern }: StringConstraints, text: string): boolean {
  const { min, max } = readBounds(length);
  const size = lengthOf(text);
  if (size < min || size > max) return false;
  if (pattern === undefined) return true;
  const expression = compilePattern(pattern);
  return expression !== undefined && isQuickFor(expression, text) && expression.test(text);
}

/** What is made by a pattern follows all of it but its lookaround and its word boundaries. */
function accepts(expression: RegExp, text: string, isFromPattern: boolean): boolean {
  if (isQuickFor(expression, text)) return expression.test(text);
  return isFromPattern && !/\(\?<?[=!]|\\b/i.test(expression.source);
}

interface Candidate {
  readonly text: string;
  readonly isFromPattern: boolean;
}

interface Length {
  readonly min: number;
  readonly max: number;
}

function readBounds(length: Bounds | undefined): Length {
  return { min: length?.min ?? 0, max: length?.max ?? Number.POSITIVE_INFINITY };
}

/** Length traits count code points. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function* candidates(
  expression: RegExp | undefined,
  bounds: Length,
  hint: string,
): Generator<Candidate> {
  const words = readWords(hint);
  if (expression !== undefined) {
    // A name that meets a pattern only with its end, or an empty text, tells a reader least.
    const whole = new RegExp(`^(?:${expression.source})$`, expression.flags);
    for (const text of nameCandidates(words, bounds)) {
      if (isQuickFor(whole, text) && whole.test(text)) yield { text, isFromPattern: false };
    }
    for (const text of patternCandidates(expression, bounds, words)) {
      if (text !== "") yield { text, isFromPattern: true };
    }
  }
  for (const text of [...nameCandidates(words, bounds), ..."abcdefghijklmnopqrstuvwxyz", ""]) {
    yield { text, isFromPattern: false };
  }
}

function* nameCandidates(words: readonly string[], bounds: Length): Generator<string> {
  const length = { ...bounds, min: Math.max(1, bounds.min) };
  for (const form of formsOf(words)) {
    for (let variant = 0; variant < maxVariants; variant += 1) yield form(variant, length);
  }
}

const maxVariants = 64;

/** `CustomerAWSAccountId` becomes `customer`, `aws`, `account`, `id`. */
function readWords(hint: string): readonly string[] {
  const parts = hint.match(/\p{Lu}+\d*(?!\p{Ll})|\p{Lu}?\p{Ll}+\d*|\d+/gu) ?? [];
  const words = parts.map((part) => part.toLowerCase());
  return words[0] === "example" ? words.slice(1) : words;
}

/** A way to write a value: the same form in any number of variants. */
type Form = (variant: number, bounds: Length) => string;

function formsOf(words: readonly string[]): readonly Form[] {
  const name = words.join("-");
  const full = ["example", ...words];
  return [
    ...meanings.flatMap(({ when, forms }) => (when.test(name) ? forms(words) : [])),
    fitted(full.join("-"), "-"),
    fitted(full.join("_"), "_"),
    fitted(full.map(capitalize).join(""), ""),
    fitted(full.join(""), ""),
    fitted(`${full.map(capitalize).join("-")}-1`, "-"),
    fitted(full.join("-").toUpperCase(), "-"),
    fitted(full.join("").toUpperCase(), ""),
    fitted(full.join(" "), " "),
    (variant) => `1a2b3c4d-5e6f-4a7b-8c9d-${String(variant + 1).padStart(12, "0")}`,
  ];
}

interface Meaning {
  /** What the name of the value looks like, in words joined by hyphens. */
  readonly when: RegExp;
  readonly forms: (words: readonly string[]) => readonly Form[];
}

/** The texts that people expect under certain names. */
const meanings: readonly Meaning[] = [
  {
    when: /(?:^|-)role-arn$/,
    forms: () => [(variant) => `arn:aws:iam::123456789012:role/example${suffix(variant, "-")}`],
  },
  {
    when: /(?:^|-)arn$/,
    forms: (words) => [
      (variant) =>
        `arn:aws:service:us-east-1:123456789012:${thingName(words)}${suffix(variant, "-")}`,
    ],
  },
  {
    when: /(?:^|-)account(?:-id)?$/,
    forms: () => [(variant) => String(123456789012 + variant)],
  },
  {
    when: /(?:^|-)region$/,
    forms: () => [(variant) => regions[variant] ?? `us-east-${variant}`],
  },
  {
    when: /(?:^|-)e-?mail(?:-address)?$/,
    forms: () => [(variant) => `user${suffix(variant, "")}@example.com`],
  },
  {
    when: /(?:^|-)(?:url|uri|endpoint)$/,
    forms: (words) => [
      (variant) => `https://example.com/${words.at(-2) ?? "example"}${suffix(variant, "-")}`,
    ],
  },
];

const regions: readonly string[] = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1"];

/** The name of a thing, after what a member says of it: a `TargetGroupArn` is of a target group. */
function thingName(words: readonly string[]): string {
  const last = words.findLastIndex((word) => !/^(?:arn|id|name|uri|url)$/.test(word));
  return ["example", ...words.slice(0, last + 1)].join("-");
}

function suffix(variant: number, separator: string): string {
  return variant === 0 ? "" : `${separator}${variant + 1}`;
}

/** Cuts or repeats a text so that it fits, and keeps what tells the variants apart. */
function fitted(text: string, separator: string): Form {
  return (variant, { min, max }) => {
    const end = suffix(variant, separator);
    let body = text;
    while (body.length + end.length < min) body += separator + text;
    if (body.length > text.length) body = body.slice(0, min - end.length);
    if (body.length + end.length > max) body = body.slice(0, Math.max(0, max - end.length));
    const cut = body.replace(/[^A-Za-z0-9]+$/, "");
    const isShort = cut.length + end.length < min;
    return (isShort ? cut.padEnd(body.length, "x") : cut) + end;
  };
}

/** How many texts of one plan are tried. */
const maxTexts = 500;

/** Texts made from the pattern itself, those that read well first. */
function* patternCandidates(
  expression: RegExp,
  bounds: Length,
  words: readonly string[],
): Generator<string> {
  const pattern = readPattern(expression);
  const name = thingName(words);
  for (const plan of plansFor(pattern, expression, bounds, name)) {
    let count = 0;
    for (const { text, isOpen } of enumerateTexts(pattern, expression, plan)) {
      if (isOpen && /[:/]$/.test(text)) yield* variantsOf(text + name);
      yield text;
      if (isOpen) yield fitted(`${text}${name}`, "-")(0, bounds);
      count += 1;
      if (count >= maxTexts) break;
    }
  }
}

function* plansFor(
  pattern: AST.Pattern,
  expression: RegExp,
  bounds: Length,
  name: string,
): Generator<Plan> {
  const legible = legiblePlan(name, bounds, 1);
  yield legible;
  yield { ...legiblePlan(name, bounds, maxVariants), choices: 3 };
  yield legiblePlan("example", bounds, 1);
  yield { ...legible, prefersMore: true };

  const shortest: Plan = {
    fill: (gap) => [repeatTo(gap.characters, gap.min)],
    choices: 1,
    prefersMore: false,
  };
  yield shortest;
  yield { ...shortest, prefersMore: true };
  const [first] = enumerateTexts(pattern, expression, shortest);
  const by = bounds.min - lengthOf(first?.text ?? "");
  if (by > 0) {
    for (const part of quantifiersOf(pattern)) {
      yield { ...shortest, stretch: { part, by } };
      yield { ...shortest, stretch: { part, by: by - 1 }, prefersMore: true };
    }
  }
  yield { ...shortest, choices: 4 };
}

/** Fills gaps with a name, trying so many variants of it. */
function legiblePlan(name: string, bounds: Length, variants: number): Plan {
  return {
    fill: (gap) => legibleTexts(withinLength(gap, bounds), name).slice(0, variants),
    words: (before) => wordsFor(before, name).slice(0, variants),
    choices: 1,
    prefersMore: false,
  };
}

function withinLength(gap: Gap, { max }: Length): Gap {
  return { ...gap, max: Math.max(gap.min, Math.min(gap.max, max - lengthOf(gap.before))) };
}

/** What a person would write into a gap, given what stands before it, and variants of that. */
function legibleTexts(gap: Gap, name: string): readonly string[] {
  const { allows, before, min, max } = gap;
  const isBeforeLetter = gap.next !== undefined && /[a-z]/.test(gap.next);
  const part = arnPart(before);
  if (part !== undefined) {
    const text = fitToClass(part, gap);
    if (text !== undefined) return [text];
  }
  const isDigits = allows("5") && !allows("a") && !allows("A");
  const isHex = allows("5") && (allows("f") || allows("F")) && !allows("g") && !allows("G");
  if (isDigits) return rotationsOf("123456789012", Math.min(max, Math.max(1, min)), gap);
  if (isHex) return rotationsOf("1a2b3c4d5e6f7890", Math.min(max, min > 1 ? min : 8), gap);
  const names = variantsOf(name).flatMap((variant) => fitToClass(variant, gap) ?? []);
  const texts =
    names.length > 0 ? names : rotationsOf(gap.characters.join(""), Math.max(1, min), gap);
  const mayBeEmpty = min === 0 && (/[A-Za-z0-9]$/.test(before) || isBeforeLetter);
  return mayBeEmpty ? ["", ...texts] : texts;
}

function wordsFor(before: string, name: string): readonly string[] {
  const part = arnPart(before);
  return part === undefined ? variantsOf(name) : [part];
}

/** The parts of an ARN that look alike in every service; nothing for the part that names a thing. */
function arnPart(before: string): string | undefined {
  if (!before.startsWith("arn:")) return undefined;
  const partition = before.endsWith(":") ? "aws" : "";
  return ["", partition, "service", "us-east-1", "123456789012"][before.split(":").length - 1];
}

function variantsOf(name: string): readonly string[] {
  return Array.from({ length: 8 }, (_, variant) => name + suffix(variant, "-"));
}

/** Writes a text with the characters of a class, or gives up where little would be left of it. */
function fitToClass(text: string, { allows, min, max }: Gap): string | undefined {
  const kept = Array.from(text, (character) => {
    const forms = [character, character.toUpperCase()];
    if (character === "-") forms.push("_");
    return forms.find(allows) ?? "";
  });
  if (kept.join("").length * 2 < text.length) return undefined;
  const cut = kept
    .join("")
    .slice(0, max)
    .replace(/[-_]+$/, "");
  if (cut.length >= min) return cut;
  return kept.length > 0 ? repeatTo(kept, min) : undefined;
}

/** Texts of a length from the characters of a source that are in a class, each beginning elsewhere. */
function rotationsOf(source: string, length: number, { allows, max }: Gap): readonly string[] {
  if (length > max) return [];
  const characters = Array.from(source).flatMap(
    (character) => [character, character.toUpperCase()].find(allows) ?? [],
  );
  return characters.map((_, shift) =>
    repeatTo([...characters.slice(shift), ...characters.slice(0, shift)], length),
  );
}

function repeatTo(characters: readonly string[], length: number): string {
  if (characters.length === 0) return "";
  const cycles = Math.ceil(length / characters.length);
  const repeated = Array.from({ length: cycles }, () => characters).flat();
  return repeated.slice(0, length).join("");
}
