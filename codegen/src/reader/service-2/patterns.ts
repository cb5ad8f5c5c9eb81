/**
 * A pattern of a `service-2.json` is meant for a whole string, and one of Smithy's for any part of
 * it: AWS's models of one service differ by `^` and `$` alone, which some authors write in both.
 * `.*` is the same in both. Alternatives are not put in a group, as they are not in AWS's own
 * conversion: `^a|b$` lets more pass than the author meant, and nothing less.
 */
export function anchorPattern(pattern: string): string {
  if (pattern === ".*") return pattern;
  const isStarted = pattern.startsWith("^");
  const isEnded = /(?<!\\)(?:\\\\)*\$$/.test(pattern);
  return `${isStarted ? "" : "^"}${pattern}${isEnded ? "" : "$"}`;
}
