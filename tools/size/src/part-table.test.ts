import { join } from "node:path";
import { expect, test } from "vitest";
import { listBundledFiles } from "./bundlers/esbuild.ts";
import { bundlers } from "./bundlers.ts";
import { createPartTable } from "./part-table.ts";
import { createPawprintProgram } from "./pawprint-programs.ts";

const packageFolder = join(import.meta.dirname, "..");

test("files are named by their package, and small ones added up", () => {
  const files = [
    { path: join(packageFolder, "dist/large.js"), bytes: 1500 },
    { path: join(packageFolder, "dist/small.js"), bytes: 400 },
    { path: join(packageFolder, "dist/smaller.js"), bytes: 100 },
  ];
  expect(createPartTable(files)).toEqual([
    ["file", "bytes", "share"],
    ["tools-size: large.js", "1,500", "75.0 %"],
    ["2 others", "500", "25.0 %"],
  ]);
});

test("the files of a bundle are all of it, but for what holds them together", async () => {
  const program = createPawprintProgram("edge", "oneOperation");
  const code = await bundlers.esbuild(program);
  const files = await listBundledFiles(program);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  expect(bytes).toBeLessThanOrEqual(code.length);
  expect(bytes).toBeGreaterThan(code.length * 0.95);
});
