import { expect, test } from "vitest";
import { selectProtocol } from "../../protocol/protocol.ts";
import {
  exampleService,
  list,
  map,
  problemOf,
  simple,
  structure,
} from "../../reader/example.test-model.ts";
import { planPackages } from "../package-plan.ts";
import { emitServiceFile } from "./service-file.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** The file of a service whose endpoint rules read all of these parameters. */
function print(parameters: Readonly<Record<string, object>>): string {
  const rules = Object.keys(parameters).map((name) => ({
    type: "endpoint",
    conditions: [{ fn: "isSet", argv: [{ ref: name }] }],
    endpoint: { url: `https://{${name}}.example.com` },
  }));
  const fallback = { type: "error", conditions: [], error: "nowhere" };
  const ruleSet = { version: "1.0", parameters, rules: [...rules, fallback] };
  return printService(ruleSet);
}

function printService(ruleSet: object): string {
  const service = exampleService({}, { traits: { "smithy.rules#endpointRuleSet": ruleSet } });
  return emitServiceFile(planPackages(service, selectProtocol(service), "1.0.0")).text;
}

/** What the printed service gives its endpoint rules where a transport gives it these parameters. */
function passOn(text: string, parameters: Parameters): Parameters {
  const property = /^ {2}(resolveEndpoint.*),$/m.exec(text)?.[1] ?? "";
  const create = new Function("resolveEndpoint", `return { ${property} };`);
  return create((given: Parameters) => given).resolveEndpoint(parameters);
}

const region = { type: "string", builtIn: "AWS::Region" };
const endpoint = { type: "string", builtIn: "SDK::Endpoint" };
const text = { type: "string" };

test("where built-ins have their usual names, the rules get parameters as they are", () => {
  const printed = print({ Region: region, Endpoint: endpoint, Tenant: text });
  expect(printed).toContain("\n  resolveEndpoint,\n");
});

test("a built-in of another name gets its value from the usual one", () => {
  const printed = print({ MyRegion: region, Endpoint: endpoint, url: endpoint });
  expect(printed).toContain(
    [
      "  resolveEndpoint: (parameters) =>",
      "    resolveEndpoint({ MyRegion: parameters.Region, url: parameters.Endpoint, ...parameters }),",
    ].join("\n"),
  );
});

test("what an operation gives comes before a built-in of another name", () => {
  const printed = print({ MyRegion: region });
  expect(passOn(printed, { Region: "a" })).toEqual({ Region: "a", MyRegion: "a" });
  expect(passOn(printed, { Region: "a", MyRegion: "b" })).toEqual({ Region: "a", MyRegion: "b" });
});

test("a built-in that no rule reads needs no value", () => {
  const always = { type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } };
  const ruleSet = { version: "1.0", parameters: { MyRegion: region }, rules: [always] };
  expect(printService(ruleSet)).toContain("\n  resolveEndpoint,\n");
});

test.each([
  [{ Region: text }, "as a name of no built-in"],
  [{ Region: endpoint }, "as a name of SDK::Endpoint"],
])("a parameter with the usual name of another built-in is refused: %j", (parameters, problem) => {
  expect(problemOf(() => print(parameters))).toBe(
    `model.json: com.example#ExampleService: /traits/smithy.rules#endpointRuleSet/parameters/Region: transports give this name the value of another built-in; ${problem} it is not supported`,
  );
});

test("rules that read the caller's account make transports ask for credentials first", () => {
  const account = { type: "string", builtIn: "AWS::Auth::AccountId" };
  const printed = print({ Region: region, AccountId: account });
  expect(printed).toContain("\n  resolveEndpoint,\n  usesAccountId: true,\n};");
  expect(print({ Region: region })).not.toContain("usesAccountId");
});

test("an account that no rule reads is not asked for", () => {
  const always = { type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } };
  const parameters = { AccountId: { type: "string", builtIn: "AWS::Auth::AccountId" } };
  const printed = printService({ version: "1.0", parameters, rules: [always] });
  expect(printed).not.toContain("usesAccountId");
});

test("a service brings checks of what its inputs have, and of nothing that only outputs have", () => {
  const shapes = {
    Input: structure({ Labels: "Labels", Size: "Long", Name: "String", Ids: "Ids" }),
    Output: structure({ Image: "Image", Size: "Double" }),
    Labels: map("String"),
    Ids: list("Integer"),
    Image: simple("blob"),
  };
  const service = exampleService(shapes);
  const { text } = emitServiceFile(planPackages(service, selectProtocol(service), "1.0.0"));
  expect(text).toContain("\n  inputChecks: { long: checkLong, map: checkMap },\n");
  expect(print({ Region: region })).not.toContain("inputChecks");
});
