import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@pawprint/codegen";
import type { EndpointParameters } from "@pawprint/runtime/protocol";
import { afterEach, describe, expect, test } from "vitest";

const data = process.env.PAWPRINT_REFERENCE_DATA ?? "";
const smithyModels = join(data, "smithy-models");
const service2Models = join(data, "service-2-models");
const found = data !== "" && existsSync(smithyModels) && existsSync(service2Models);
if (!found) {
  console.warn(
    "Skipped: PAWPRINT_REFERENCE_DATA names no folder with smithy-models and service-2-models.",
  );
}

// Below the workspace, so that the packages find the runtime and msw.
const out = fileURLToPath(new URL("../.test-results/reference", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));

describe.skipIf(!found)("every awsJson model of the reference data, in both formats", () => {
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  test.each(found ? findModels() : [])(
    "$name gives four packages that type-check without any",
    async ({ name, model, smithyModel }) => {
      const folder = join(out, name);
      mkdirSync(folder, { recursive: true });
      const { packages } = await generate({ models: [{ model }], out: folder, check: false });
      const projects = packages.map(({ directory }) => join(folder, directory));
      const { status, stdout } = spawnSync(tsc, ["-b", ...projects], { encoding: "utf8" });
      expect(stdout).toBe("");
      expect(status).toBe(0);
      expect(findAny(folder)).toEqual([]);
      await checkEndpoints(smithyModel, folder);
    },
    120_000,
  );
});

interface ReferenceModel {
  readonly name: string;
  readonly model: string;
  /** The model in Smithy's format, which alone has test cases for endpoints. */
  readonly smithyModel: string;
}

function findModels(): readonly ReferenceModel[] {
  const smithy = readdirSync(smithyModels).filter((name) => name.endsWith(".json"));
  const bySdkId = new Map(
    smithy.map((name) => {
      const text = readFileSync(join(smithyModels, name), "utf8");
      return [/"sdkId": "([^"]+)"/.exec(text)?.[1], join(smithyModels, name)];
    }),
  );
  const service2 = readdirSync(service2Models).flatMap((name): readonly ReferenceModel[] => {
    const model = join(service2Models, name);
    const main = join(model, "service-2.json");
    if (!existsSync(main)) return [];
    const sdkId = /"serviceId": *"([^"]+)"/.exec(readFileSync(main, "utf8"))?.[1];
    return [{ name: `${name}/service-2.json`, model, smithyModel: bySdkId.get(sdkId) ?? "" }];
  });
  return [
    ...smithy.map((name) => {
      const model = join(smithyModels, name);
      return { name, model, smithyModel: model };
    }),
    ...service2,
  ];
}

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
