import { compilePattern, isTrivialPattern, selectCheck } from "../ir/pattern.ts";
import type { Bounds, Constraints, Member } from "../ir/shape.ts";

/** What values the member takes, in one line. */
export function describeConstraints(member: Member): string | undefined {
  const { length, range } = member.constraints;
  const parts = [
    describeBounds(length, units[member.target.type] ?? "characters"),
    describeBounds(range, ""),
    describePattern(member.constraints),
    member.constraints.uniqueItems ? "no two equal" : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `Constraints: ${parts.join("; ")}.`;
}

const units: { readonly [type: string]: string } = {
  blob: "bytes",
  list: "elements",
  map: "entries",
};

function describePattern(constraints: Constraints): string | undefined {
  const { pattern } = constraints;
  if (pattern === undefined || isTrivialPattern(pattern)) return undefined;
  const text = `pattern ${fence(compilePattern(pattern)?.source ?? pattern)}`;
  return selectCheck(constraints) === undefined ? `${text} (only the service checks it)` : text;
}

/** A code span may hold backticks where more of them stand around it. */
function fence(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return longest === 0 ? `${ticks}${text}${ticks}` : `${ticks} ${text} ${ticks}`;
}

function describeBounds(bounds: Bounds | undefined, unit: string): string | undefined {
  if (bounds === undefined) return undefined;
  const { min, max } = bounds;
  const text =
    max === undefined
      ? `at least ${min}`
      : min === undefined || (min === 0 && unit !== "")
        ? `at most ${max}`
        : min === max
          ? `exactly ${max}`
          : `${min} to ${max}`;
  return `${text} ${unit}`.trim();
}
