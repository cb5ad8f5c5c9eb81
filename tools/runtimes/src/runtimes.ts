import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ModelError } from "@pawprint/codegen";
import { HarnessError } from "tools-conformance/harness-error";
import { readKnownFailures } from "tools-conformance/known-failures";
import { protocols } from "tools-conformance/protocols";
import { parseTestModel } from "tools-conformance/test-model";
import { openBench } from "./bench.ts";
import { isComplete, printDocument } from "./document.ts";
import { installEngines } from "./engines.ts";
import { groups, listExpectations } from "./expectations.ts";
import type { ModelText } from "./program/protocol-tests.ts";
import { writeProgram } from "./program-file.ts";
import { installProject, type ProtocolModel } from "./project.ts";
import { writeResults } from "./results-file.ts";
import type { Runtime } from "./runtime.ts";
import { runtimes } from "./runtime-list.ts";
import { printProblems, printSkips, printTable } from "./table.ts";
import { type Report, testRuntimes } from "./test-runtimes.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const document = join(root, "docs", "runtimes.md");
const knownFailures = fileURLToPath(import.meta.resolve("tools-conformance/known-failures.json"));
const resultsFile = join(root, ".test-results", "runtimes.json");

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof HarnessError || error instanceof ModelError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main(names: readonly string[]): Promise<0 | 1> {
  await rm(resultsFile, { force: true });
  const chosen = selectRuntimes(names);
  const texts = await readTestModels();
  const models = texts.map(parseModel);
  await installEngines();
  const folder = await mkdtemp(join(tmpdir(), "runtimes-"));
  const bench = await openBench(texts);
  try {
    const clients = fileURLToPath(new URL("../.test-results/clients", import.meta.url));
    const project = await installProject(folder, models, clients);
    const known = await readKnownFailures(knownFailures);
    const report = await testRuntimes({
      runtimes: chosen,
      bench,
      groups,
      expect: (limits) => listExpectations(models, known, limits),
      writeProgram: (way, entry, name) => writeProgram(project, way, entry, name),
      deadline: 120_000,
      parallel: availableParallelism(),
    });
    const problems = printProblems(report);
    for (const text of [printTable(report), problems, printSkips(report)]) {
      if (text !== "") console.log(`${text}\n`);
    }
    if (texts.length === 0) {
      console.log(
        "The protocol tests are no part of this repository, and were skipped. Set PAWPRINT_REFERENCE_DATA to a folder that has them in protocol-tests/.",
      );
    }
    await writeResults(resultsFile, report);
    await keepDocument(chosen, report);
    return problems === "" ? 0 : 1;
  } finally {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** All of them, or those that are named on the command line, such as `node-20` or `workerd`. */
function selectRuntimes(names: readonly string[]): readonly Runtime[] {
  const known = runtimes.map(({ name }) => nameOption(name));
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new HarnessError(`${unknown}: there is no such runtime; there are ${known.join(", ")}`);
  }
  return names.length === 0
    ? runtimes
    : runtimes.filter(({ name }) => names.includes(nameOption(name)));
}

function nameOption(name: string): string {
  return name.toLowerCase().replace(/ \(.*/, "").replaceAll(" ", "-");
}

/** The protocol tests are no part of this repository. Without them, the scenario is what there is. */
async function readTestModels(): Promise<readonly ModelFile[]> {
  const referenceData = process.env.PAWPRINT_REFERENCE_DATA ?? "";
  if (referenceData === "") return [];
  return Promise.all(
    protocols.map(async ({ name }) => {
      const file = join(referenceData, "protocol-tests", `${name}.json`);
      const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
        throw new HarnessError(`${file}: cannot be read (${cause.code})`, { cause });
      });
      return { protocol: name, file, text };
    }),
  );
}

interface ModelFile extends ModelText {
  readonly file: string;
}

function parseModel({ protocol: name, file, text }: ModelFile): ProtocolModel {
  const protocol = protocols.find((candidate) => candidate.name === name);
  if (protocol === undefined) throw new HarnessError(`${name}: there is no such protocol`);
  return { protocol: name, model: parseTestModel(text, file, protocol) };
}

/** Writes the page, unless less was run than it tells of. */
async function keepDocument(chosen: readonly Runtime[], report: Report): Promise<void> {
  if (chosen.length === runtimes.length && isComplete(report)) {
    await writeFile(document, printDocument(report));
  } else {
    console.log(
      "docs/runtimes.md was left as it is: not everything was run, or not all of it is green.",
    );
  }
}
