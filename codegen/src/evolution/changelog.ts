import type { ChangeGroup } from "./change.ts";
import type { Comparison, ToldChange } from "./compare-services.ts";
import { writeSentence } from "./compare-services.ts";

/** The changes of a model in sentences, as a changelog tells them: Markdown, without a heading. */
export function emitChangelog({ changes }: Comparison): string {
  const told = changes.filter(({ implied }) => !implied);
  return groups
    .flatMap(([group, title]) => {
      const sentences = writeSentences(told.filter((change) => change.group === group));
      const items = sentences.map((sentence) => `- ${sentence}`).join("\n");
      return sentences.length === 0 ? [] : [`**${title}**\n\n${items}`];
    })
    .join("\n\n");
}

const groups: readonly (readonly [ChangeGroup, string])[] = [
  ["breaking", "Breaking"],
  ["added", "Added"],
  ["changed", "Changed"],
  ["fixed", "Fixed"],
  ["docs", "Documentation"],
];

/** What is said alike of several things is said once. */
function writeSentences(changes: readonly ToldChange[]): readonly string[] {
  const alike = new Map<string, ToldChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.rule, change.predicate]);
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  return [...alike.values()].map((group) => {
    const [{ predicate }] = group as [ToldChange, ...ToldChange[]];
    const subjects = [...new Set(group.flatMap(({ subjects: own }) => own))];
    return writeSentence(subjects, predicate);
  });
}
