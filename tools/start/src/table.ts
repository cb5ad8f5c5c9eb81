/** Aligns cells in columns, under a header and a rule. A column of times is aligned to the right. */
export function printTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const isTime = (column: number): boolean => rows.every((row) => row[column]?.endsWith(" ms"));
  const print = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isTime(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [print(header), rule, ...rows.map(print)].join("\n");
}
