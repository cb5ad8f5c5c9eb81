import { describe, expect, test } from "vitest";
import {
  enumeration,
  errorStructure,
  operation,
  type Parts,
  structure,
  union,
} from "../../reader/example.test-model.ts";
import { exampleFile } from "../example.test-packages.ts";

/** What a file hands on, by the module that it comes from. */
function readExports(path: string, shapes: Parts): { readonly [from: string]: readonly string[] } {
  const text = exampleFile(path, shapes);
  const exports = text.matchAll(/^export (type )?\{([^}]*)\} from "([^"]*)";/gm);
  const entries = [...exports].map(([, type = "", names = "", from = ""]) => [
    from,
    names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => type + name),
  ]);
  return Object.fromEntries(entries);
}

const shapes = {
  Run: operation({ input: "Input", errors: ["Broken"] }),
  Input: structure({ Choice: "Choice", Color: "Color", Date: "Date" }),
  Choice: union({ Text: "String" }),
  Color: enumeration("enum", { RED: {} }),
  Date: structure(),
  Broken: errorStructure(),
};

test("core exports what users need, and nothing else", () => {
  const { "@pawprint/runtime": runtime, ...own } = readExports("core/src/index.ts", shapes);
  expect(own).toEqual({
    "./client.js": ["ExampleClient"],
    "./errors.js": ["Broken", "type ExampleError"],
    "./operations/run.js": ["isRunError", "run", "type RunError"],
    "./types.js": ["type _Date", "type Choice", "type ChoiceMembers", "Color", "type Input"],
  });
  expect(runtime).toEqual([
    "type CallOptions",
    "ConfigurationError",
    "type HttpHandler",
    "type InputProblem",
    "type Interceptor",
    "InvalidInputError",
    "isConfigurationError",
    "isInvalidInputError",
    "isResponseError",
    "isServiceError",
    "isTransportError",
    "type MetadataBearer",
    "type Operation",
    "ResponseError",
    "type ResponseMetadata",
    "ServiceError",
    "type Transport",
    "TransportError",
    "UnmodeledServiceError",
  ]);
});

test("what transports and mocks are made of has a module of its own", () => {
  const model = {
    Run: operation({ input: "Input", output: "Output" }),
    Input: structure({ When: "Timestamp" }),
    Output: structure({ When: "Timestamp" }),
  };
  expect(readExports("core/src/protocol.ts", model)).toEqual({
    "./endpoint.js": ["resolveEndpoint"],
    "./operations/run.js": ["runOperation"],
    "./parse.js": ["parseOutput"],
    "./serialize.js": ["serializeInput"],
    "./service.js": ["exampleService"],
    "./shapes.js": ["inputShape"],
  });
});

describe("a package for a platform exports all of core beside its own", () => {
  test.each([
    ["node", "NodeHttpHandler"],
    ["edge", "FetchHttpHandler"],
  ])("%s", (platform, handler) => {
    const exports = readExports(`${platform}/src/index.ts`, shapes);
    const core = Object.values(readExports("core/src/index.ts", shapes)).flat();
    expect([...(exports["@pawprint/example"] ?? [])].sort()).toEqual(core.sort());
    expect(exports[`@pawprint/runtime/${platform}`]).toEqual([handler, `type ${handler}Options`]);
    expect(exports["./transport.js"]).toEqual([
      "createTransport",
      "Example",
      "type ExampleOptions",
    ]);
  });
});

test("a shape's name comes before that of the runtime", () => {
  const model = {
    Run: operation({ input: "Transport", errors: ["ServiceError"] }),
    Transport: structure(),
    ServiceError: errorStructure(),
  };
  const exports = readExports("core/src/index.ts", model);
  expect(exports["./types.js"]).toEqual(["type Transport"]);
  expect(exports["./errors.js"]).toContain("ServiceError");
  expect(exports["@pawprint/runtime"]).not.toContain("type Transport");
  expect(exports["@pawprint/runtime"]).not.toContain("ServiceError");
});

test("a shape's name comes before that of a platform's handler", () => {
  const model = { Input: structure({ Handler: "NodeHttpHandler" }), NodeHttpHandler: structure() };
  const exports = readExports("node/src/index.ts", model);
  expect(exports["@pawprint/example"]).toContain("type NodeHttpHandler");
  expect(exports["@pawprint/runtime/node"]).toEqual(["type NodeHttpHandlerOptions"]);
});
