import { expect, test } from "vitest";
import { operation, type Parts, structure } from "../reader/example.test-model.ts";
import { exampleFile, exampleLines } from "./example.test-packages.ts";

const shapes: Parts = { Run: operation() };

test("on Node every option has a default, and what gives it is loaded when it is needed", () => {
  const path = "node/src/transport.ts";
  expect(exampleLines(path, "export interface", shapes)).toEqual([
    "export interface ExampleOptions extends NodeTransportOptions {}",
  ]);
  expect(exampleLines(path, "export function", shapes)).toEqual([
    "export function createTransport(options: ExampleOptions = {}): Transport {",
    "  return createNodeTransport(",
    "    exampleService,",
    "    options,",
    '    () => import("./defaults.js"),',
    "  );",
    "}",
  ]);
  expect(exampleLines(path, "export class", shapes)).toEqual([
    "export class Example extends ExampleClient {",
    "  /** @throws ConfigurationError for an option that cannot be */",
    "  constructor(options: ExampleOptions = {}) {",
    "    super(createTransport(options));",
    "  }",
    "}",
  ]);
});

test("on the edge options are given", () => {
  const path = "edge/src/transport.ts";
  expect(exampleLines(path, "export interface", shapes)).toEqual([
    "export interface ExampleOptions extends EdgeTransportOptions {}",
  ]);
  expect(exampleLines(path, "export function", shapes)).toEqual([
    "export function createTransport(options: ExampleOptions): Transport {",
    "  return createEdgeTransport(",
    "    exampleService,",
    "    options,",
    "  );",
    "}",
  ]);
  expect(exampleLines(path, "export class", shapes)).toEqual([
    "export class Example extends ExampleClient {",
    "  /** @throws ConfigurationError for an option that is missing or cannot be */",
    "  constructor(options: ExampleOptions) {",
    "    super(createTransport(options));",
    "  }",
    "}",
  ]);
});

test("on the edge credentials can be missing where an operation needs none", () => {
  const model = { Run: operation(), Greet: operation({ traits: { auth: [] } }) };
  expect(exampleLines("edge/src/transport.ts", "export interface", model)).toEqual([
    "export interface ExampleOptions extends AnonymousEdgeTransportOptions {}",
  ]);
});

test("the defaults are AWS's own: its credential chain and its reader of the config files", () => {
  const text = exampleFile("node/src/defaults.ts", shapes);
  expect(text).toContain('from "@aws-sdk/credential-provider-node";');
  expect(text.match(/^export const \w+/gm)).toEqual([
    "export const defaultCredentials",
    "export const defaultRegion",
  ]);
});

test("nothing for Node is imported on the edge", () => {
  const files = ["transport.ts", "index.ts"].map((name) => exampleFile(`edge/src/${name}`, shapes));
  expect(files.join("\n")).not.toMatch(/node/);
});

test("a shape called like the client gives it another name on both platforms", () => {
  const model = { Input: structure({ Example: "Example" }), Example: structure() };
  const classes = ["node", "edge"].map(
    (platform) => exampleLines(`${platform}/src/transport.ts`, "export class", model)[0],
  );
  expect(classes).toEqual([
    "export class ExampleService extends ExampleClient {",
    "export class ExampleService extends ExampleClient {",
  ]);
});
