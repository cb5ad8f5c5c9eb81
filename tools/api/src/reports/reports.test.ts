import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, inject, onTestFinished, test } from "vitest";
import { createFolder } from "../installed-packages.ts";
import { compareReports, nameReport, readReports } from "./committed-reports.ts";
import { createReports } from "./create-reports.ts";
import { printReports } from "./print-report.ts";

test("what users can import is what somebody has reviewed", async () => {
  const changes = compareReports(await createReports(inject("installed")), await readReports());
  expect(changes, "Review the change, then run `npm run api-report`").toEqual([]);
});

let folder: string;

beforeEach(async () => {
  folder = join(await createFolder("report-"), "node_modules", "@pawprint", "given");
  await mkdir(folder, { recursive: true });
  onTestFinished(() => rm(join(folder, "../../.."), { recursive: true }));
});

async function report(files: { readonly [name: string]: string }): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const entryPoint = { specifier: "@pawprint/given", declarations: join(folder, "index.d.ts") };
  return printReports([entryPoint]).get(entryPoint) ?? "";
}

test("a report has every export by name, without comments, and what it needs", async () => {
  const text = await report({
    "index.d.ts": `
      export { type Options, call } from "./call.js";
      export declare const version = "1";
    `,
    "call.d.ts": `
      interface Hidden { readonly depth: number }
      /** Said to people, not to the compiler. */
      export interface Options { readonly hidden?: Hidden | undefined; /** Here, too. */ name: string }
      export declare function call(options: Options): Promise<void>;
      export declare const unused: string;
    `,
  });
  expect(text).toBe(`# @pawprint/given

\`\`\`ts
export interface Options {
    readonly hidden?: Hidden | undefined;
    name: string;
}

export declare function call(options: Options): Promise<void>;

export declare const version = "1";

// Not exported
interface Hidden {
    readonly depth: number;
}
\`\`\`
`);
});

test.each([
  ["an export that is gone", "export interface A {}", "export {};"],
  ["an export that is new", "export interface A {}", "export interface A {}\nexport type B = 1;"],
  ["a member that becomes optional", "export interface A { b: 1 }", "export interface A { b?: 1 }"],
  ["a parameter", "export declare function f(): 1;", "export declare function f(a: 1): 1;"],
  [
    "a type that is not exported, but needed",
    "interface A { b: 1 }\nexport declare const c: A;",
    "interface A { b: 2 }\nexport declare const c: A;",
  ],
])("a report shows the change of %s", async (_, before, after) => {
  const reviewed = new Map([["given.md", await report({ "index.d.ts": before })]]);
  const current = new Map([["given.md", await report({ "index.d.ts": after })]]);
  expect(compareReports(current, reviewed)).toEqual([
    expect.stringMatching(/^given\.md: line \d+/),
  ]);
});

test("a module that is new or gone is a change", () => {
  const one = new Map([["one.md", ""]]);
  const other = new Map([["other.md", ""]]);
  expect(compareReports(one, other)).toEqual(["one.md: is new", "other.md: its module is gone"]);
});

test("the report of a subpath has a file of its own", () => {
  expect(nameReport("@pawprint/runtime/edge")).toBe("runtime.edge.md");
});
