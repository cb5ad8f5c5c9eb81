import { describe, expect, test } from "vitest";
import { code, importedType, importedValue } from "./code.ts";
import { emitReexportFile, emitSourceFile } from "./source-file.ts";

const header = "// Generated from a test.";

function printLines(...declarations: Parameters<typeof emitSourceFile>[2]): readonly string[] {
  return emitSourceFile("src/example.ts", header, declarations).text.split("\n");
}

test("a file has its header first, then imports, then declarations, and ends with a line break", () => {
  const Thing = importedType("Thing", "./thing.js");
  expect(
    printLines(code`export const one: ${Thing} = 1;`, code`export const two: ${Thing} = 2;`),
  ).toEqual([
    "// Generated from a test.",
    'import type { Thing } from "./thing.js";',
    "",
    "export const one: Thing = 1;",
    "",
    "export const two: Thing = 2;",
    "",
  ]);
});

describe("imports", () => {
  function printImports(...declarations: Parameters<typeof emitSourceFile>[2]): readonly string[] {
    return printLines(...declarations).filter((line) => line.startsWith("import"));
  }

  test("come from packages first, then from the package's own modules, by name", () => {
    const from = (module: string) => importedValue(module.replace(/\W/g, ""), module);
    const modules = ["./b.js", "zoo", "../a.js", "@scope/a"];
    expect(printImports(code`run(${modules.map((module) => code`${from(module)},`)})`)).toEqual([
      'import { scopea } from "@scope/a";',
      'import { zoo } from "zoo";',
      'import { ajs } from "../a.js";',
      'import { bjs } from "./b.js";',
    ]);
  });

  test("of types are marked, for all of a module where they can be", () => {
    const A = importedType("A", "a");
    const B = importedType("B", "b");
    const b = importedValue("b", "b");
    expect(printImports(code`const x: ${A} | ${B} = ${b};`)).toEqual([
      'import type { A } from "a";',
      'import { type B, b } from "b";',
    ]);
  });

  test("bring the value of a name that is used as a type, too", () => {
    const asType = importedType("Thing", "a");
    const asValue = importedValue("Thing", "a");
    expect(printImports(code`const x: ${asType} = new ${asValue}();`)).toEqual([
      'import { Thing } from "a";',
    ]);
  });

  test("get another name where the file declares theirs", () => {
    const Thing = importedType("Thing", "a");
    expect(printLines(code`export interface Thing extends ${Thing} {}`)).toEqual([
      header,
      'import type { Thing as Thing_ } from "a";',
      "",
      "export interface Thing extends Thing_ {}",
      "",
    ]);
  });

  test("get another name where two modules have the same one", () => {
    const left = importedValue("parse", "a");
    const right = importedValue("parse", "b");
    const third = importedValue("parse_", "c");
    expect(printLines(code`run(${left}, ${right}, ${third});`)).toEqual([
      header,
      'import { parse } from "a";',
      'import { parse as parse_ } from "b";',
      'import { parse_ as parse__ } from "c";',
      "",
      "run(parse, parse_, parse__);",
      "",
    ]);
  });

  test.each([
    "export const Thing = 1;",
    "export function Thing() {}",
    "export class Thing {}",
    "export interface Thing {}",
    "export type Thing = string;",
    "type Thing = string;",
    "export declare const Thing: string;",
    "export async function Thing() {}",
    "export abstract class Thing {}",
    "let Thing = 1;",
  ])("make way for %s", (declaration) => {
    const Thing = importedType("Thing", "a");
    expect(printLines(declaration, code`export type Other = ${Thing};`)).toContain(
      "export type Other = Thing_;",
    );
  });
});

test("a file that only hands on has modules and their names in order", () => {
  const { path, text } = emitReexportFile("src/index.ts", header, [
    { from: "./b.js", values: ["run", "Zoo"], types: ["Input"] },
    { from: "./a.js", values: [], types: ["B", "A"] },
  ]);
  expect(path).toBe("src/index.ts");
  expect(text.split("\n")).toEqual([
    header,
    'export type { A, B } from "./a.js";',
    'export { type Input, run, Zoo } from "./b.js";',
    "",
  ]);
});

test("what is no TypeScript is not printed", () => {
  expect(() => printLines("export const = 1;")).toThrow(
    /^the generator printed src\/example\.ts wrongly: /,
  );
});
