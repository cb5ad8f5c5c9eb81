import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { diffModels } from "../evolution/diff-models.ts";
import { reportAsJson, reportAsText } from "../evolution/report.ts";
import { ModelError } from "../reader/model-error.ts";

export const diffUsage = `pawprint diff OLD NEW [--json] [--overlay FILE]

What changed between two models for users of their packages: a line for each change, and the bump.

  --json          the same as JSON: bump, and changes with address, class, rule, group, message
  --overlay FILE  applies to both; default: the overlay beside each, or that of OLD for both
`;

export async function runDiff(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: "boolean", default: false, short: "h" },
      json: { type: "boolean", default: false },
      overlay: { type: "string" },
    },
  });
  if (values.help) {
    process.stdout.write(`Usage: ${diffUsage}`);
    return 0;
  }
  const [old, next, ...others] = positionals;
  if (old === undefined || next === undefined || others.length > 0) {
    throw new ModelError(["diff"], "takes two models, the old one and the new one");
  }
  const comparison = await diffModels({
    old: resolve(old),
    new: resolve(next),
    overlay: values.overlay === undefined ? undefined : resolve(values.overlay),
  });
  process.stdout.write(values.json ? reportAsJson(comparison) : reportAsText(comparison));
  return 0;
}
