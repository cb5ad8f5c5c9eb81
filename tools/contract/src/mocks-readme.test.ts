import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

// Every example of the mocks' README is a program: it compiles, runs, and prints what it says.

const folder = fileURLToPath(new URL("../.test-results/mocks-readme", import.meta.url));
const readme = readFileSync(
  new URL("../../../packages/marketplace-metering/mocks/README.md", import.meta.url),
  "utf8",
);
const programs = [...readme.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, text = ""], index) => ({
  file: join(folder, `example-${index + 1}.ts`),
  text,
}));

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(programs.map(({ file, text }) => writeFile(file, text)));
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: { noEmit: true, rootDir: "/" },
    include: ["*.ts"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
});
afterAll(() => rm(folder, { recursive: true }));

test("the examples compile", async () => {
  const tsc = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(
    "package.json",
    "bin/tsc",
  );
  await promisify(execFile)(process.execPath, [tsc, "-p", folder]);
});

test.each([
  [1, "Quantity: 25"],
  [2, "answered after 3 attempts"],
  [3, "MeteringRecordId: '"],
  [4, "InvalidSignatureException\n"],
  [5, "meter-usage-window { maximumAgeHours: 6 }"],
])("example %d runs", async (number, expected) => {
  const { file = "" } = programs[number - 1] ?? {};
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  // A task runner may ask for colours.
  expect(stripVTControlCharacters(stdout)).toContain(expected);
});

test("there is no other example", () => {
  expect(programs).toHaveLength(4);
});
