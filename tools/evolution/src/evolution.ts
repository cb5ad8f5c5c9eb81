import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listenForInterruption } from "tools-scratch-clone/interruption";
import { rehearse } from "./rehearsal.ts";

/*
 * Takes a clone of the repository back to the model's oldest revision, and updates it to one after
 * the other: `pawprint update`, build, tests, calls, `changeset version`.
 */

const data = process.env.PAWPRINT_REFERENCE_DATA;
const history = join(data ?? "", "model-history-metering");
if (data === undefined || !existsSync(history)) {
  console.warn("Skipped: PAWPRINT_REFERENCE_DATA names no folder with model-history-metering.");
} else {
  const revisions = readdirSync(history)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(history, name));
  const repository = fileURLToPath(new URL("../../..", import.meta.url));
  const changelog = await rehearse({
    repository,
    revisions,
    onStep: (line) => console.log(line),
    signal: listenForInterruption(),
  });
  console.log(`\n${changelog}`);
}
