/** Rows of cells; the first row is the head. */
export type Table = readonly (readonly string[])[];

/** For a terminal: columns that stand below each other. */
export function printTable(table: Table): string {
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** For a page. */
export function printMarkdown([head = [], ...rows]: Table): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
