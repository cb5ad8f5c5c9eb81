import { expect, test } from "vitest";
import { findFirstExample, listImports } from "./readme-example.ts";

const fence = "```";
const readme = `# Example

${fence}ts
tooEarly();
${fence}

${fence}sh
npm install example
${fence}

Then:

${fence}ts
import { first } from "example";
${fence}

${fence}ts
import { second } from "example";
${fence}
`;

test("the first example is the first program after the command that installs it", () => {
  expect(findFirstExample(readme)).toEqual({
    install: "npm install example",
    code: 'import { first } from "example";\n',
  });
});

test("a README that installs nothing has no first example", () => {
  expect(findFirstExample(readme.replace("npm install", "npx"))).toBeUndefined();
});

test("a README without a program has no first example", () => {
  expect(findFirstExample(readme.replaceAll(`${fence}ts`, `${fence}js`))).toBeUndefined();
});

test("a program's imports are packages, each once", () => {
  const code = `import { readFile } from "node:fs/promises";
import {
  one,
} from "@example/core";
import { two } from "@example/core/two";
import type { Three } from "three/types";
import "four";
`;
  expect(listImports(code)).toEqual(["@example/core", "three", "four"]);
});
