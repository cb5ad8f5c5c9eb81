import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@pawprint/codegen";
import type { EndpointParameters } from "@pawprint/runtime/protocol";
import { afterAll, describe, expect, test } from "vitest";

const data = process.env.PAWPRINT_REFERENCE_DATA;
const models = data === undefined ? undefined : join(data, "smithy-models");
const found = models !== undefined && existsSync(models);
if (!found) console.warn("Skipped: PAWPRINT_REFERENCE_DATA names no folder with smithy-models.");

// Below the workspace, so that the packages find the runtime and msw.
const out = fileURLToPath(new URL("../.test-results/reference", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));

describe.skipIf(!found)("every awsJson model of the reference data", () => {
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  const names = found ? readdirSync(models).filter((name) => name.endsWith(".json")) : [];
  test.each(names)(
    "%s gives four packages that type-check without any",
    async (name) => {
      const folder = join(out, name);
      mkdirSync(folder, { recursive: true });
      const { packages } = await generate({
        models: [{ model: join(models ?? "", name) }],
        out: folder,
        check: false,
      });
      const projects = packages.map(({ directory }) => join(folder, directory));
      const { status, stdout } = spawnSync(tsc, ["-b", ...projects], { encoding: "utf8" });
      expect(stdout).toBe("");
      expect(status).toBe(0);
      expect(findAny(folder)).toEqual([]);
      await checkEndpoints(join(models ?? "", name), folder);
    },
    120_000,
  );
});

interface EndpointCase {
  readonly params?: EndpointParameters;
  readonly expect: {
    readonly error?: string;
    readonly endpoint?: { readonly url: string; readonly properties?: object };
  };
}

/** Runs the model's own cases against what the built package makes of its endpoint rules. */
async function checkEndpoints(model: string, folder: string): Promise<void> {
  const { shapes } = JSON.parse(readFileSync(model, "utf8")) as {
    readonly shapes: { readonly [id: string]: { readonly traits?: Traits } };
  };
  const cases = Object.values(shapes).flatMap(
    ({ traits }) => traits?.["smithy.rules#endpointTests"]?.testCases ?? [],
  );
  expect(cases.length).toBeGreaterThan(0);
  const [built = ""] = globSync("*/core/dist/endpoint.js", { cwd: folder });
  const { resolveEndpoint } = (await import(join(folder, built))) as {
    readonly resolveEndpoint: (parameters: EndpointParameters) => object;
  };
  expect(cases.map(({ params = {} }) => outcomeOf(() => resolveEndpoint(params)))).toEqual(
    cases.map(({ expect: { error, endpoint: { properties = {}, ...endpoint } = {} } }) =>
      error === undefined ? { ...endpoint, ...properties } : { error },
    ),
  );
}

interface Traits {
  readonly "smithy.rules#endpointTests"?: { readonly testCases: readonly EndpointCase[] };
}

function outcomeOf(resolve: () => object): object {
  try {
    return resolve();
  } catch (error) {
    return { error: error instanceof Error ? error.message : error };
  }
}

/** Where `any` stands as a type in the declarations, comments and strings left aside. */
function findAny(folder: string): readonly string[] {
  return globSync("*/*/dist/**/*.d.ts", { cwd: folder }).filter((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"/g, "");
    return /\bany\b/.test(code);
  });
}
