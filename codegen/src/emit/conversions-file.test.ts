import { describe, expect, test } from "vitest";
import { errorStructure, operation, type Parts, structure } from "../reader/example.test-model.ts";
import { exampleFile } from "./example.test-packages.ts";

const shapes: Parts = {
  Run: operation({ input: "Input", output: "Output", errors: ["Late"] }),
  Input: structure({ Asked: "Asked", Shared: "Shared" }),
  Output: structure({ Told: "Told", Shared: "Shared" }),
  Late: errorStructure({ Since: "Timestamp" }),
  Asked: structure({ When: "Timestamp" }),
  Told: structure({ When: "Timestamp" }),
  Shared: structure({ When: "Timestamp" }),
};

function functionsIn(path: string, model: Parts): readonly (string | undefined)[] {
  return [...exampleFile(path, model).matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
}

describe("each conversion is in one package", () => {
  test.each([
    [
      "core serializes what callers give",
      "core/src/serialize.ts",
      ["serializeInput", "serializeAsked", "serializeShared"],
    ],
    [
      "core parses what the service gives",
      "core/src/parse.ts",
      ["parseOutput", "parseLate", "parseTold", "parseShared"],
    ],
    [
      "the mocks serialize the rest",
      "mocks/src/serialize.ts",
      ["serializeOutput", "serializeLate", "serializeTold"],
    ],
    ["the mocks parse the rest", "mocks/src/parse.ts", ["parseInput", "parseAsked"]],
  ])("%s", (_what, path, functions) => {
    expect(functionsIn(path, shapes)).toEqual(functions);
  });

  test("what the mocks need of core is imported", () => {
    expect(exampleFile("mocks/src/serialize.ts", shapes)).toContain(
      'import { serializeShared } from "@pawprint/example/protocol";',
    );
    expect(exampleFile("mocks/src/parse.ts", shapes)).toContain(
      'import { parseShared } from "@pawprint/example/protocol";',
    );
  });
});

test("a service whose values JSON carries as they are needs no conversions", () => {
  const plain = { Input: structure({ Name: "String" }), Output: structure({ Name: "String" }) };
  const paths = ["core", "mocks"].flatMap((kind) => [
    `${kind}/src/serialize.ts`,
    `${kind}/src/parse.ts`,
  ]);
  expect(paths.map((path) => exampleFile(path, plain))).toEqual(["", "", "", ""]);
});

test("a shape whose parser would be called like one of the runtime keeps the name", () => {
  const model = {
    Output: structure({ List: "List", Lists: "Lists" }),
    Lists: { type: "list", member: { target: "List" } },
    List: structure({ When: "Timestamp" }),
  };
  const text = exampleFile("core/src/parse.ts", model);
  expect(text).toContain("parseList as parseList_");
  expect(text).toContain("    wire.Lists = parseList_(wire.Lists, parseList);");
  expect(text).toContain("    wire.List = parseList(wire.List);");
});
