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

test.each(["node", "edge"])(
  "on %s there is an option for what endpoint rules ask clients for",
  (platform) => {
    const traits = {
      "smithy.rules#clientContextParams": {
        Fast: { type: "boolean", documentation: "Be fast." },
        Tenants: { type: "stringArray" },
      },
      "smithy.rules#endpointRuleSet": {
        version: "1.0",
        parameters: { Fast: { type: "boolean" }, Tenants: { type: "stringArray" } },
        rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } }],
      },
    };
    const lines = exampleLines(`${platform}/src/transport.ts`, "export interface", shapes, {
      traits,
    });
    expect(lines.slice(1)).toEqual([
      "  /** Be fast. */",
      "  readonly fast?: boolean | undefined;",
      "  readonly tenants?: readonly string[] | undefined;",
      "}",
    ]);
    const described = exampleFile("core/src/service.ts", shapes, { traits }).replaceAll(
      /\s+/g,
      " ",
    );
    expect(described).toContain('{ option: "fast", parameter: "Fast", type: "boolean" }');
  },
);

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
