import type { Bump, Change } from "./change.ts";
import { changeClasses } from "./change.ts";
import type { Comparison } from "./compare-services.ts";

/** What `pawprint diff --json` prints; documented in `docs/model-changes.md`. */
export interface ComparisonReport {
  readonly bump: Bump;
  readonly changes: readonly Change[];
}

export function reportAsJson({ bump, changes }: Comparison): string {
  const report: ComparisonReport = {
    bump,
    changes: changes.map(({ address, class: strength, rule, group, message }) => ({
      address,
      class: strength,
      rule,
      group,
      message,
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** The same for people: a line for each change, and the bump. */
export function reportAsText({ bump, changes }: Comparison): string {
  const lines = changes.map(
    ({ class: strength, address, message }) => `${strength}  ${address}: ${message}`,
  );
  const counts = changeClasses.flatMap((strength) => {
    const count = changes.filter((change) => change.class === strength).length;
    return count === 0 ? [] : [`${count} ${strength}`];
  });
  const total =
    counts.length === 0 ? "no change that a user of the packages meets" : counts.join(", ");
  return [...lines, `bump: ${bump} (${total})`, ""].join("\n");
}
