import { expect, test } from "vitest";
import { selectProtocol } from "../../protocol/protocol.ts";
import { exampleService } from "../../reader/example.test-model.ts";
import { type PackagePlan, planPackages } from "../package-plan.ts";
import { emitCorePackage } from "./core-package.ts";
import { emitEndpointTestFile } from "./endpoint-test-file.ts";

const always = { type: "endpoint", conditions: [], endpoint: { url: "https://{Region}" } };
const ruleSet = {
  version: "1.0",
  parameters: { Region: { type: "string", builtIn: "AWS::Region", required: true } },
  rules: [always],
};

function planWith(...testCases: readonly unknown[]): PackagePlan {
  const traits = {
    "smithy.rules#endpointRuleSet": ruleSet,
    "smithy.rules#endpointTests": { version: "1.0", testCases },
  };
  const service = exampleService({}, { traits });
  return planPackages(service, selectProtocol(service), "1.0.0");
}

const works = {
  documentation: 'the "usual" Region',
  params: { Region: "us-east-1", Names: ["a"] },
  expect: {
    endpoint: {
      url: "https://example.com",
      headers: { "x-tenant": ["a"] },
      properties: { authSchemes: [{ name: "sigv4" }], backend: "S3Express" },
    },
  },
};

function scriptsOf(plan: PackagePlan): object {
  const { files } = emitCorePackage(plan);
  return JSON.parse(files.find(({ path }) => path === "package.json")?.text ?? "{}").scripts;
}

test("a case is a test of what comes out", () => {
  const text = emitEndpointTestFile(planWith(works))?.text ?? "";
  expect(text.split("\n").slice(1).join("\n")).toBe(
    [
      'import { expect, test } from "vitest";',
      'import { resolveEndpoint } from "./endpoint.js";',
      "",
      'test("the \\"usual\\" Region", () => {',
      '  expect(resolveEndpoint({ Region: "us-east-1", Names: ["a"] })).toEqual({',
      '    url: "https://example.com",',
      '    headers: { "x-tenant": ["a"] },',
      '    authSchemes: [{ name: "sigv4" }],',
      "  });",
      "});",
      "",
    ].join("\n"),
  );
});

test("a case of an error is a test of its message", () => {
  const text = emitEndpointTestFile(planWith({ expect: { error: "No Region" } }))?.text;
  expect(text).toContain('import { ConfigurationError } from "@pawprint/runtime/protocol";');
  expect(text).toContain(
    [
      'test("case 1", () => {',
      '  expect(() => resolveEndpoint({})).toThrow(new ConfigurationError("No Region"));',
      "});",
    ].join("\n"),
  );
});

test("a package has a script that runs the tests where there are some", () => {
  expect(scriptsOf(planWith(works))).toHaveProperty("test");
  expect(scriptsOf(planWith())).not.toHaveProperty("test");
  expect(emitEndpointTestFile(planWith())).toBeUndefined();
});
