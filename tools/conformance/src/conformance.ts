import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ModelError } from "@pawprint/codegen";
import { createClient } from "./generated-client.ts";
import { handlerCarrier } from "./handler-carrier.ts";
import { HarnessError } from "./harness-error.ts";
import { judgeRuns, readKnownFailures } from "./known-failures.ts";
import { protocols } from "./protocols.ts";
import { printSurprises, printTotals } from "./report.ts";
import { socketCarrier } from "./socket-carrier.ts";
import { readTestModel } from "./test-model-file.ts";
import { runTests, type TestRun } from "./test-run.ts";

const referenceData = process.env.PAWPRINT_REFERENCE_DATA ?? "";
const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

if (referenceData === "") {
  console.log(
    "Nothing was tested: the protocol tests are no part of this repository. Set PAWPRINT_REFERENCE_DATA to a folder that has them in protocol-tests/.",
  );
} else {
  try {
    process.exitCode = await testConformance(join(referenceData, "protocol-tests"));
  } catch (error) {
    if (!(error instanceof HarnessError || error instanceof ModelError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

async function testConformance(folder: string): Promise<0 | 1> {
  const known = await readKnownFailures(path("known-failures.json"));
  const carriers = [handlerCarrier, socketCarrier];
  const runs: TestRun[] = [];
  let serverCases = 0;
  for (const protocol of protocols) {
    const model = await readTestModel(join(folder, `${protocol.name}.json`), protocol);
    const client = await createClient(model, path(`.test-results/clients/${protocol.name}`));
    runs.push(...(await runTests({ protocol, model, client, carriers })));
    serverCases += model.serverCases;
  }
  const verdict = judgeRuns(runs, known);
  const surprises = printSurprises(verdict);
  if (surprises !== "") console.log(`${surprises}\n`);
  console.log(printTotals(verdict));
  console.log(`${serverCases} cases are for servers only, and were left out`);
  return surprises === "" ? 0 : 1;
}
