import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@pawprint/codegen";

const out = fileURLToPath(new URL("../.test-results/properties", import.meta.url));

/** Generates the services of the reference data that tests run every operation of, once for all tests. */
export default async function setup(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  const folder = join(process.env.PAWPRINT_REFERENCE_DATA ?? "", "smithy-models");
  for (const name of ["dynamodb", "kms"]) {
    const model = join(folder, `${name}.json`);
    if (existsSync(model)) {
      mkdirSync(out, { recursive: true });
      await generate({ models: [{ model }], out, check: false });
    } else {
      console.warn(`Skipped: PAWPRINT_REFERENCE_DATA names no folder with ${name}.json.`);
    }
  }
}
