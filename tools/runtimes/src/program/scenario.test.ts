import * as edge from "@pawprint/marketplace-metering-edge";
import * as node from "@pawprint/marketplace-metering-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, openBench } from "../bench.ts";
import { type Metering, runScenario, scenario } from "./scenario.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench([]);
});
afterAll(() => bench.close());

/** What the program and the service found wrong, by step. */
async function findProblems(metering: Metering): Promise<{ readonly [step: string]: string }> {
  const { url, findProblems } = bench.openRun();
  const results = await runScenario(metering, url);
  expect(results.map(({ name }) => name)).toEqual(scenario.map(({ name }) => name));
  return Object.fromEntries(
    results
      .map(({ name, message }) => [name, [message, ...findProblems(name)].join(" ").trim()])
      .filter(([, problem]) => problem !== ""),
  );
}

/** The package, with a client that gets other options. */
function withOptions(options: object): Metering {
  class MarketplaceMetering extends edge.MarketplaceMetering {
    constructor(given: edge.MarketplaceMeteringOptions) {
      super({ ...given, ...options });
    }
  }
  return { ...edge, MarketplaceMetering };
}

test.each<[string, Metering]>([
  ["edge", edge],
  ["node", node as unknown as Metering],
])("the %s package goes through it, and nothing is off", async (_name, metering) => {
  expect(await findProblems(metering)).toEqual({});
});

test("a signature with another key is off in every step", async () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "another" };
  const problems = await findProblems(withOptions({ credentials }));
  expect(Object.keys(problems)).toEqual(scenario.map(({ name }) => name));
  expect(problems["meter-usage"]).toMatch(/^signature: expected AWS4-HMAC-SHA256 .*, found AWS4/);
});

test("a client that does not retry is off", async () => {
  const problems = await findProblems(withOptions({ maxAttempts: 1 }));
  expect(Object.keys(problems)).toEqual(["retry"]);
  expect(problems.retry).toMatch(/^ThrottlingException: slow down attempts that arrived/);
});

test("a client that sends each request twice is off", async () => {
  const twice: typeof fetch = async (...request) => {
    await fetch(...request);
    return fetch(...request);
  };
  const problems = await findProblems(withOptions({ fetch: twice }));
  expect(problems["meter-usage"]).toBe("requests that arrived: expected 1, found 2");
  expect(problems["parallel-calls"]).toContain("requests that arrived: expected 200, found 400");
});

test("a client that loses its answers is off in every step", async () => {
  const lost = async (): Promise<Response> => Response.json({});
  const problems = await findProblems(withOptions({ fetch: lost }));
  expect(Object.keys(problems)).toEqual(scenario.map(({ name }) => name));
});

test("an error that is not of its class is off", async () => {
  class Other extends Error {}
  const metering = { ...edge, TimestampOutOfBoundsException: Other } as unknown as Metering;
  expect(await findProblems(metering)).toEqual({
    "typed-error": "Error: whether it is of its class: expected true, found false",
  });
});
