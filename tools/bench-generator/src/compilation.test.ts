import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkProgram } from "./compilation.ts";
import type { DeclarationMeasurement } from "./declarations.ts";
import { createDeclarationTable } from "./document.ts";

const folder = fileURLToPath(new URL("../.test-results/compilation-test", import.meta.url));

test("a program is checked, and what that took is told", async () => {
  const source =
    'import { InvalidInputError } from "@pawprint/runtime"; console.log(InvalidInputError);';
  const { time, memory, files } = await checkProgram({ folder, source }, true);
  expect(Math.min(time, memory)).toBeGreaterThan(0);
  expect(files).toBeGreaterThan(10);
});

test("a program that does not compile gives no figures", async () => {
  const source = 'import { nothing } from "@pawprint/runtime"; console.log(nothing);';
  await expect(checkProgram({ folder, source }, true)).rejects.toThrow(
    /does not compile.*nothing/s,
  );
});

test("a ratio is that of two turns, and never of two settings", () => {
  const measure = (name: string, skipLibCheck: boolean, times: readonly number[]) => {
    const program = { folder, source: "" };
    const subject = { name, operations: 10, program };
    const compilations = times.map((time) => ({ time, memory: 1, files: 1, lines: 1, types: 1 }));
    return { subject, skipLibCheck, compilations } satisfies DeclarationMeasurement;
  };
  const table = createDeclarationTable([
    measure("ours", true, [1, 2]),
    measure("theirs", true, [2, 4]),
    measure("ours", false, [8, 8]),
    measure("theirs", false, [4, 4]),
  ]);
  expect(table.map(([name, , , ratio]) => [name, ratio]).slice(1)).toEqual([
    ["ours", "0.50 ± 0 %"],
    ["theirs", "2.00 ± 0 %"],
    ["ours", "2.00 ± 0 %"],
    ["theirs", "0.50 ± 0 %"],
  ]);
});
