import type { Rule } from "./rule.ts";

/** The rules as they stand in `docs/model-changes.md`: a Markdown table. */
export function writeRuleTable(rules: readonly Rule[]): string {
  const rows = rules.map(
    (rule) => `| \`${rule.name}\` | ${rule.finds} | ${writeClass(rule)} | ${rule.reason} |`,
  );
  return ["| rule | finds | class | why |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function writeClass({ class: own }: Rule): string {
  return typeof own === "string" ? own : `given: ${own.input}; read: ${own.output}`;
}
