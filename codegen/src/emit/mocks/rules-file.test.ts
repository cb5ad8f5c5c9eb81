import { expect, test } from "vitest";
import type { DatedRule } from "../../ir/service.ts";
import { selectProtocol } from "../../protocol/protocol.ts";
import { exampleService } from "../../reader/example.test-model.ts";
import type { GeneratedPackage } from "../package-plan.ts";
import { planPackages } from "../package-plan.ts";
import { emitMocksPackage } from "./mocks-package.ts";

const rule: DatedRule = {
  id: "window",
  targets: ["com.example#ExampleService"],
  since: "2026-07",
  until: undefined,
  statement: 'Usage may be "24 hours" old.',
  values: { maximumAgeHours: 24, zones: ["UTC"], strict: true },
  source: "The documentation, July 2026",
};

function emitWith(rules: readonly DatedRule[]): GeneratedPackage {
  const service = { ...exampleService({}), rules };
  return emitMocksPackage(planPackages(service, selectProtocol(service), "1.2.3"));
}

function textOf({ files }: GeneratedPackage, path: string): string | undefined {
  return files.find((file) => file.path === path)?.text;
}

test("rules are data of their own, in the order of the overlay, without their targets", () => {
  const earlier = { ...rule, since: "2025", until: "2026-07", values: { maximumAgeHours: 6 } };
  const text = textOf(emitWith([earlier, rule]), "src/rules.ts") ?? "";
  expect(text).toContain('import type { DatedRule } from "@pawprint/runtime/mocks";');
  expect(text).toContain("export const rules: readonly DatedRule[] = [");
  expect(text).not.toContain("targets");
  const literal = text.slice(text.indexOf("= [") + 2).replace(/;\s*$/, "");
  const withoutTargets = [earlier, rule].map(({ targets: _, ...data }) => data);
  expect(new Function(`return ${literal}`)()).toEqual(withoutTargets);
});

test("a rule that has no dates has none in the data", () => {
  expect(textOf(emitWith([{ ...rule, since: undefined }]), "src/rules.ts")).not.toMatch(
    /since|until|undefined/,
  );
});

test("the package exports the rules on a path of their own, and its page shows how to read them", () => {
  const mocks = emitWith([rule]);
  const manifest = JSON.parse(textOf(mocks, "package.json") ?? "");
  expect(manifest.exports["./rules"]).toEqual({
    types: "./dist/rules.d.ts",
    default: "./dist/rules.js",
  });
  expect(textOf(mocks, "README.md")).toMatch(/## Rules as data[\s\S]+-mocks\/rules"/);
});

test("a service without rules has neither file nor path nor a word of it", () => {
  const mocks = emitWith([]);
  expect(textOf(mocks, "src/rules.ts")).toBeUndefined();
  expect(textOf(mocks, "package.json")).not.toContain("rules");
  expect(textOf(mocks, "README.md")).not.toContain("Rules as data");
});
