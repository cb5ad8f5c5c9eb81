import type { TestCase } from "tools-conformance/test-model";
import { expect, test } from "vitest";
import { groups, listExpectations } from "./expectations.ts";
import { scenario } from "./program/scenario.ts";
import type { ProtocolModel } from "./project.ts";
import { runtimes } from "./runtime-list.ts";

const message = { protocol: "aws.protocols#awsJson1_1", method: "POST", uri: "/" };
const cases: readonly TestCase[] = [
  { kind: "request", operation: "example#Put", test: { ...message, id: "Plain" } },
  { kind: "request", operation: "example#Put", test: { ...message, id: "Host", host: "a.com" } },
  { kind: "response", operation: "example#Put", test: { ...message, id: "Plain", code: 200 } },
];
const models: readonly ProtocolModel[] = [
  {
    protocol: "awsJson1_1",
    model: { file: "x.json", service: "example#Service", shapes: {}, cases, serverCases: 0 },
  },
];
const known = {
  protocol: "awsJson1_1",
  kind: "response",
  id: "Plain",
  place: "body",
  reason: "no",
};

test("each case is expected over the handler and, where it can go there, over sockets", () => {
  const expectations = listExpectations(models, [known]).slice(0, 5);
  expect(expectations.map(({ group, name, ok }) => `${group}: ${name}: ${ok}`)).toEqual([
    "protocol tests, handler: awsJson1_1 request Plain, operation Put: true",
    "protocol tests, sockets: awsJson1_1 request Plain, operation Put: true",
    "protocol tests, handler: awsJson1_1 request Host, operation Put: true",
    "protocol tests, handler: awsJson1_1 response Plain, operation Put: false",
    "protocol tests, sockets: awsJson1_1 response Plain, operation Put: false",
  ]);
});

test("what a runtime cannot do is expected to fail there", () => {
  const limits = [{ reason: "has no hosts", tests: ["Host"] }];
  const failing = listExpectations(models, [], limits).filter(({ ok }) => !ok);
  expect(failing.map(({ name }) => name)).toEqual(["awsJson1_1 request Host, operation Put"]);
});

test("a limit on a test that there is not is wrong", () => {
  const limits = [{ reason: "has no sugar", tests: ["Sweet"] }];
  expect(() => listExpectations(models, [], limits)).toThrow(/^Sweet: is a limit of a runtime/);
});

test("without models, the scenario is expected alone, whatever the limits are", () => {
  const limits = runtimes.flatMap(({ limits: list = [] }) => list);
  const expectations = listExpectations([], [], limits);
  expect(expectations.map(({ name }) => name)).toEqual(scenario.map(({ name }) => name));
  expect(expectations.filter(({ group }) => !groups.includes(group))).toEqual([]);
});
