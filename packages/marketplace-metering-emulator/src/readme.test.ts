import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { defaultAssumptions } from "./assumptions.ts";
import { faultKinds } from "./fault-problems.ts";
import { readSeed } from "./read-seed.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

function blockOf(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]+?)\`\`\``).exec(readme)?.[1] ?? "";
}

test("the example of a test runs, and prints what it says", async () => {
  const results = fileURLToPath(new URL("../.test-results/", import.meta.url));
  await mkdir(results, { recursive: true });
  const folder = await mkdtemp(join(results, "readme-"));
  try {
    const file = join(folder, "example.ts");
    await writeFile(file, blockOf("ts"));
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    expect(stripVTControlCharacters(stdout)).toBe("1 record\nTimestampOutOfBoundsException\n");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the seed that is shown is a right one", async () => {
  const json: unknown = JSON.parse(blockOf("json"));
  expect(await readSeed(json)).toEqual(json);
});

test("every kind of fault and every assumption has its row", () => {
  for (const name of [...faultKinds, ...Object.keys(defaultAssumptions)]) {
    expect(readme).toContain(`| \`${name}\` |`);
  }
});
