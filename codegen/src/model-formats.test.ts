import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { emitCorePackage } from "./emit/core/core-package.ts";
import { emitEdgePackage } from "./emit/edge/edge-package.ts";
import { emitMocksPackage } from "./emit/mocks/mocks-package.ts";
import { emitNodePackage } from "./emit/node/node-package.ts";
import { planPackages } from "./emit/package-plan.ts";
import {
  changeShapes,
  differences,
  withoutMemberTraits,
  withoutTraits,
} from "./model-formats.test-differences.ts";
import { selectProtocol } from "./protocol/protocol.ts";
import { lowerService } from "./reader/lower.ts";
import type { Model } from "./reader/model.ts";
import { readModel } from "./reader/read-model.ts";

const data = process.env.PAWPRINT_REFERENCE_DATA ?? "";
const service2Models = join(data, "service-2-models");
const smithyModels = join(data, "smithy-models");
const history = join(data, "model-history-metering");
const found =
  data !== "" && [service2Models, smithyModels, history].every((path) => existsSync(path));
if (!found) {
  console.warn(
    "Skipped: PAWPRINT_REFERENCE_DATA names no folder with service-2-models, smithy-models and model-history-metering.",
  );
}

/** The files of Smithy's format by the sdkId of their services. */
const smithyFiles = new Map(
  (found ? readdirSync(smithyModels) : []).map((name) => {
    const file = join(smithyModels, name);
    const sdkId = /"sdkId": *"([^"]+)"/.exec(readFileSync(file, "utf8"))?.[1] ?? name;
    return [sdkId, file] as const;
  }),
);

const folders = found
  ? readdirSync(service2Models, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  : [];

/** Both models of a service, without what only people read. */
async function readBoth(
  folder: string,
): Promise<{ readonly smithy: Model; readonly service2: Model }> {
  const model = join(service2Models, folder);
  const { metadata } = JSON.parse(readFileSync(join(model, "service-2.json"), "utf8")) as {
    readonly metadata: { readonly serviceId: string };
  };
  const smithy = smithyFiles.get(metadata.serviceId) ?? "";
  return {
    smithy: withoutDocumentation(await readModel({ model: smithy })),
    service2: withoutDocumentation(await readModel({ model })),
  };
}

function withoutDocumentation({ provenance: _, ...model }: Model): Model {
  const ids = ["smithy.api#documentation", "smithy.api#externalDocumentation"];
  const bare = changeShapes(model, (shape) => withoutMemberTraits(withoutTraits(shape, ids), ids));
  return { ...bare, file: "model.json" };
}

/** All files of the packages, by their paths. */
function emitFiles(model: Model): { readonly [path: string]: string } {
  const service = lowerService(model);
  const plan = planPackages(service, selectProtocol(service), "1.0.0");
  const emitters = [emitCorePackage, emitNodePackage, emitEdgePackage, emitMocksPackage];
  return Object.fromEntries(
    emitters.flatMap((emit) => {
      const { directory, files } = emit(plan);
      return files.map(({ path, text }) => [`${directory}/${path}`, text]);
    }),
  );
}

describe.skipIf(!found)("both formats of a model of the reference data", () => {
  test("are those of sixteen services", () => {
    expect(folders).toHaveLength(16);
  });

  test.each(folders)(
    "give the same packages of %s, but for documentation and the listed differences",
    async (folder) => {
      const { smithy, service2 } = await readBoth(folder);
      const rewritten = differences.reduce(
        (model, { rewrite }) => rewrite(model, service2),
        smithy,
      );
      expect(emitFiles(service2)).toEqual(emitFiles(rewritten));
    },
    120_000,
  );

  test.each(differences)(
    "differ in what the list calls $kind: it shows in the packages of $seenIn",
    async (difference) => {
      const { smithy, service2 } = await readBoth(difference.seenIn);
      const rewritten = differences
        .filter((other) => other !== difference)
        .reduce((model, { rewrite }) => rewrite(model, service2), smithy);
      expect(emitFiles(service2)).not.toEqual(emitFiles(rewritten));
    },
    120_000,
  );
});

describe.skipIf(!found)("the revisions of Marketplace Metering from 2016 to 2020", () => {
  const revisions = found ? readdirSync(history) : [];

  test("are thirteen", () => {
    expect(revisions).toHaveLength(13);
  });

  test.each(revisions)("can be read, and generated with endpoint rules: %s", async (name) => {
    const model = await readModel({ model: join(history, name) });
    const { endpointRules, id, sdkId } = lowerService(model);
    expect({ endpointRules, id, sdkId }).toEqual({
      endpointRules: undefined,
      id: "com.amazonaws.marketplacemetering#AWSMPMeteringService",
      sdkId: "Marketplace Metering",
    });
    const rules = join(service2Models, "meteringmarketplace", "endpoint-rule-set-1.json");
    const trait = "smithy.rules#endpointRuleSet";
    const withRules = changeShapes(model, (shape) =>
      shape.type === "service"
        ? {
            ...shape,
            traits: new Map([...shape.traits, [trait, JSON.parse(readFileSync(rules, "utf8"))]]),
          }
        : shape,
    );
    expect(Object.keys(emitFiles(withRules))).toContain(
      "marketplace-metering/core/src/operations/meter-usage.ts",
    );
  });
});

describe("the documentation of the formats", () => {
  const page = readFileSync(
    fileURLToPath(new URL("../../docs/model-formats.md", import.meta.url)),
    "utf8",
  );

  test("has the differences in a table, as the tests know them", () => {
    const [, table = ""] = page.split("| difference | reason | seen in |\n| --- | --- | --- |\n");
    expect(table.split("\n\n", 1)[0]?.split("\n")).toEqual(
      differences.map(({ kind, reason, seenIn }) => `| ${kind} | ${reason} | \`${seenIn}\` |`),
    );
  });
});
