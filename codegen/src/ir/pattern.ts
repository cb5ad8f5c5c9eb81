import type { StepOptions } from "./pattern-steps.ts";
import { countSteps } from "./pattern-steps.ts";
import type { Constraints } from "./shape.ts";

/**
 * Compiles a pattern trait the way generated code does: with the `u` flag, or without it where the
 * pattern is only valid so. Nothing comes back where no regular expression of JavaScript means what
 * the pattern says: a value that cannot be checked is better than one that is refused wrongly.
 *
 * A pattern matches anywhere in a value; it is not anchored.
 */
export function compilePattern(pattern: string): RegExp | undefined {
  return (
    compile(pattern, "u") ??
    compile(withPosixClasses(pattern), "u") ??
    (isMisreadWithoutUnicode(pattern) ? undefined : compile(pattern, ""))
  );
}

/**
 * The expression with which generated code checks a string, once its length is found to be right.
 * Nothing comes back where there is nothing to check or where that is left to the service: where no
 * expression of JavaScript means what the pattern says, or where a string that the length allows
 * might keep a client busy.
 */
export function selectCheck(
  constraints: Pick<Constraints, "length" | "pattern">,
): RegExp | undefined {
  const { length, pattern } = constraints;
  if (pattern === undefined || isTrivialPattern(pattern)) return undefined;
  const expression = compilePattern(pattern);
  if (expression === undefined) return undefined;
  const longest = length?.max ?? Number.POSITIVE_INFINITY;
  return isQuick(expression, { longest }) ? expression : undefined;
}

/**
 * Whether the expression is easily seen to decide in few steps about the text, and about all that
 * are not much longer.
 */
export function isQuickFor(expression: RegExp, text: string): boolean {
  const longest = 2 ** Math.max(6, Math.ceil(Math.log2(text.length)));
  return isQuick(expression, { longest, effort: 50_000 });
}

function isQuick(expression: RegExp, { longest, effort }: StepOptions): boolean {
  // Without the `u` flag an expression walks code units, of which a code point has up to two.
  const length = expression.unicode ? longest : 2 * longest;
  const answers = quickness.get(expression.source) ?? new Map<string, boolean>();
  quickness.set(expression.source, answers);
  const key = `${expression.flags} ${length} ${effort}`;
  const answer =
    answers.get(key) ??
    countSteps(expression, { longest: length, ...(effort !== undefined && { effort }) }) !==
      undefined;
  answers.set(key, answer);
  return answer;
}

/** By the source of an expression: a model uses the same pattern for many members. */
const quickness = new Map<string, Map<string, boolean>>();

/** Whether a pattern matches every string, so that there is nothing to check. */
export function isTrivialPattern(pattern: string): boolean {
  return trivialPatterns.has(pattern);
}

const trivialPatterns: ReadonlySet<string> = new Set([
  "",
  "^",
  "$",
  ".*",
  "^.*",
  ".*$",
  "(.*)",
  "[\\s\\S]*",
  "[\\S\\s]*",
  "[\\w\\W]*",
  "[\\d\\D]*",
  "^[\\s\\S]*",
  "^[\\S\\s]*",
  "[\\s\\S]*$",
  "[\\S\\s]*$",
  "^[\\s\\S]*$",
  "^[\\S\\s]*$",
  "^[\\w\\W]*$",
  "^[\\d\\D]*$",
  "^([\\s\\S]*)$",
  "^([\\S\\s]*)$",
  "^[^]*$",
]);

function compile(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/**
 * Models are written for Java, which knows POSIX classes:
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html#posix
 */
const posixClasses: ReadonlyMap<string, string> = new Map([
  ["Alnum", "A-Za-z0-9"],
  ["Alpha", "A-Za-z"],
  ["Blank", " \\t"],
  ["Cntrl", "\\x00-\\x1F\\x7F"],
  ["Digit", "0-9"],
  ["Graph", "\\x21-\\x7E"],
  ["Lower", "a-z"],
  ["Print", "\\x20-\\x7E"],
  ["Punct", "!-\\/:-@\\[-`\\{-~"],
  ["Space", " \\t\\n\\x0B\\f\\r"],
  ["Upper", "A-Z"],
  ["XDigit", "0-9A-Fa-f"],
]);

function withPosixClasses(pattern: string): string {
  let isInClass = false;
  return pattern.replaceAll(/\\p\{(\w+)\}|\\[\s\S]|[[\]]/g, (token, name: string | undefined) => {
    if (token === "[") isInClass = true;
    if (token === "]") isInClass = false;
    const members = posixClasses.get(name ?? "");
    if (members === undefined) return token;
    return isInClass ? members : `[${members}]`;
  });
}

/** Without the flag, JavaScript takes an escaped letter that it does not know for the letter itself. */
function isMisreadWithoutUnicode(pattern: string): boolean {
  const escapes = pattern.match(/\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|c[A-Za-z]|[\s\S])/g) ?? [];
  return escapes.some((text) => /^\\[A-Za-z]$/.test(text) && !/[bBdDfknrsStvwW]$/.test(text));
}
