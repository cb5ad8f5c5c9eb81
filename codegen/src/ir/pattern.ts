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
