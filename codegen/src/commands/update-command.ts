import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { reportAsText } from "../evolution/report.ts";
import type { Update } from "../evolution/update-model.ts";
import { updateModel } from "../evolution/update-model.ts";
import { ModelError } from "../reader/model-error.ts";
import { displayPath } from "../reader/read-model.ts";
import { createProgress } from "./progress.ts";

export const updateUsage = `pawprint update SERVICE NEW [--dry-run] [--force]

Puts NEW in the place of models/SERVICE.json, regenerates its packages, and writes a changeset.
The overlay stays, without what is about shapes that are gone.

  --dry-run       write nothing, and tell what would be written
  --force         go on where the work tree has changes that are not committed
`;

export async function runUpdate(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean", default: false },
      force: { type: "boolean", default: false },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(`Usage: ${updateUsage}`);
    return 0;
  }
  const [service, incoming, ...others] = positionals;
  if (service === undefined || incoming === undefined || others.length > 0) {
    throw new ModelError(["update"], "takes a service of models/ and its new model");
  }
  const progress = createProgress();
  const update = await updateModel({
    service,
    incoming: resolve(incoming),
    root: process.cwd(),
    dryRun: values["dry-run"],
    force: values.force,
    onProgress: progress.show,
  }).finally(progress.end);
  report(update, values["dry-run"]);
  return 0;
}

function report(update: Update, isDryRun: boolean): void {
  const { comparison, remarks, overlayFile, omissions, changeset, differences } = update;
  for (const { id, reason } of omissions) {
    process.stderr.write(`pawprint: left out ${id}: ${reason}\n`);
  }
  for (const { kind, pointer, message } of remarks) {
    const outcome = kind === "idle" ? "kept" : isDryRun ? "to be removed" : "removed";
    const place = `${displayPath(overlayFile ?? "")}: ${pointer}`;
    process.stderr.write(`pawprint: ${place}: ${outcome}: ${message}\n`);
  }
  process.stdout.write(reportAsText(comparison));
  if (differences.length === 0) {
    process.stdout.write("nothing to write\n");
    return;
  }
  const verbs = isDryRun
    ? { missing: "would create", changed: "would change", stale: "would remove" }
    : { missing: "created", changed: "changed", stale: "removed" };
  for (const { kind, path } of differences) process.stdout.write(`${verbs[kind]} ${path}\n`);
  if (changeset === undefined) process.stdout.write("no changeset\n");
  else if (isDryRun) process.stdout.write(`\n${changeset.text}`);
}
