import type { Cell } from "./cell.ts";
import type { Report, Row } from "./test-runtimes.ts";

/** The rows as a table in Markdown, aligned, so that it reads well in a terminal too. */
export function printTable({ groups, rows }: Report): string {
  const lines = [["runtime", "package", "loaded by", ...groups], ...rows.map(printRow)];
  const widths = groups
    .concat("", "", "")
    .map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const [head = "", ...body] = lines.map((line) => {
    const cells = line.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `| ${cells.join(" | ")} |`;
  });
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [head, rule, ...body].join("\n");
}

function printRow({ runtime, version, way, cells }: Row): readonly string[] {
  return [`${runtime} (${version})`, way.platform, way.loading, ...cells.map(printCell)];
}

function printCell({ state, passed, known, problems }: Cell): string {
  if (state === "skipped") return "–";
  if (state === "failed") return problems.length > 1 ? `✗ ${problems.length}` : "✗";
  const count = passed + known > 1 ? ` ${passed}` : "";
  return `✓${count}${known > 0 ? ` + ${known} known` : ""}`;
}

/** So many show what is wrong; the rest is the same again. */
const shownProblems = 10;

/** Everything that is red, with the row that it is red in. */
export function printProblems({ rows }: Report): string {
  return rows
    .flatMap(({ runtime, version, way, cells, failure }) => {
      const title = `FAILED ${runtime} (${version}), ${way.platform} package, ${way.loading}`;
      if (failure !== undefined) return [`${title}: ${failure}`];
      const problems = cells.flatMap((cell) =>
        cell.problems.map((problem) => `    ${cell.group}: ${problem}`),
      );
      if (problems.length === 0) return [];
      const more = problems.length - shownProblems;
      return [
        title,
        ...problems.slice(0, shownProblems),
        ...(more > 0 ? [`    and ${more} more`] : []),
      ];
    })
    .join("\n");
}

/** Why something was not run, a line each. */
export function printSkips({ skips }: Report): string {
  return skips.map(({ runtime, reason }) => `SKIPPED ${runtime}: ${reason}`).join("\n");
}
