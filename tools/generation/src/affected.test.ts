import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test("a changed model rebuilds its packages and what depends on them, and neither the generator nor the runtime", () => {
  const affected = findAffected("models/marketplace-metering.json");
  expect(affected).toEqual(
    expect.arrayContaining([
      "@pawprint/marketplace-metering",
      "@pawprint/marketplace-metering-edge",
      "@pawprint/marketplace-metering-mocks",
      "@pawprint/marketplace-metering-node",
      "example-worker",
      "tools-generation",
    ]),
  );
  const untouched = ["@pawprint/codegen", "@pawprint/runtime", "tools-conformance", "tools-golden"];
  expect(affected.filter((name) => untouched.includes(name))).toEqual([]);
});

test("an overlay counts as its model", () => {
  expect(findAffected("models/marketplace-metering.overlay.json")).toEqual(
    findAffected("models/marketplace-metering.json"),
  );
});

test("the model of another service rebuilds no package of this one", () => {
  expect(findAffected("models/another.json")).toEqual(["tools-generation"]);
});

test("a changed page of the documentation rebuilds nothing", () => {
  expect(findAffected("docs/runtimes.md")).toEqual([]);
});

test("every service names its model in nx.json", () => {
  const services = readdirSync(join(root, "packages")).filter((name) =>
    existsSync(join(root, "packages", name, "core")),
  );
  const settings = readFileSync(join(root, "nx.json"), "utf8");
  const silent = services.filter(
    (service) => !settings.includes(`{workspaceRoot}/models/${service}{.json,.overlay.json,/**/*}`),
  );
  expect(silent).toEqual([]);
});

function findAffected(file: string): readonly string[] {
  const nx = join(root, "node_modules/.bin/nx");
  const environment = { ...process.env, NX_DAEMON: "false" };
  return (
    JSON.parse(
      execFileSync(nx, ["show", "projects", "--affected", `--files=${file}`, "--json"], {
        cwd: root,
        env: environment,
        encoding: "utf8",
      }),
    ) as string[]
  ).sort();
}
