import { describe, expect, test } from "vitest";
import { operation } from "../reader/example.test-model.ts";
import { exampleFile, examplePackages } from "./example.test-packages.ts";

const kinds = ["core", "node", "edge", "mocks"];

function readManifest(kind: string): { readonly [name: string]: unknown } {
  return JSON.parse(exampleFile(`${kind}/package.json`, { Run: operation() }));
}

function readConfiguration(kind: string): { readonly [name: string]: unknown } {
  return JSON.parse(exampleFile(`${kind}/tsconfig.json`, { Run: operation() }));
}

test("the packages lie in a folder of their service", () => {
  const directories = examplePackages({ Run: operation() }).map(({ directory }) => directory);
  expect(directories).toEqual(kinds.map((kind) => `example/${kind}`));
});

describe("a manifest", () => {
  test.each([
    ["core", "@pawprint/example", { "@pawprint/runtime": "1.2.3" }],
    [
      "edge",
      "@pawprint/example-edge",
      { "@pawprint/example": "1.2.3", "@pawprint/runtime": "1.2.3" },
    ],
    [
      "mocks",
      "@pawprint/example-mocks",
      { "@pawprint/example": "1.2.3", "@pawprint/runtime": "1.2.3" },
    ],
    [
      "node",
      "@pawprint/example-node",
      {
        "@pawprint/example": "1.2.3",
        "@pawprint/runtime": "1.2.3",
        "@aws-sdk/credential-provider-node": expect.any(String),
        "@smithy/core": expect.any(String),
      },
    ],
  ])("of %s names the package, its version and what it needs", (kind, name, dependencies) => {
    expect(readManifest(kind)).toMatchObject({
      name,
      version: "1.2.3",
      license: "Apache-2.0",
      type: "module",
      sideEffects: false,
      engines: { node: ">=20.19.0" },
      publishConfig: { access: "public" },
      dependencies,
      pawprint: { service: "example", package: kind },
    });
  });

  test.each(kinds)("of %s says from which model it was made, and by what", (kind) => {
    expect(readManifest(kind).pawprint).toEqual({
      service: "example",
      package: kind,
      generator: "@pawprint/codegen@1.2.3",
      model: { source: "model.json", apiVersion: "2020-01-02" },
    });
  });

  test.each(kinds)("of %s exports compiled modules with their types, and itself", (kind) => {
    const module = (name: string): object => ({
      types: `./dist/${name}.d.ts`,
      default: `./dist/${name}.js`,
    });
    const more = kind === "core" ? { "./protocol": module("protocol") } : {};
    const { exports, files } = readManifest(kind);
    expect(exports).toEqual({
      ".": module("index"),
      ...more,
      "./package.json": "./package.json",
    });
    expect(files).toEqual(["dist/**/*.js", "dist/**/*.d.ts"]);
  });

  test("of the mocks leaves the choice of msw to their user", () => {
    expect(readManifest("mocks")).toMatchObject({
      peerDependencies: { msw: "^2.14.0 || ^3.0.0" },
      devDependencies: { msw: expect.any(String) },
    });
  });
});

describe("the compiler's settings", () => {
  test.each(kinds)("of %s are strict and complete in themselves", (kind) => {
    const configuration = readConfiguration(kind);
    expect(configuration).not.toHaveProperty("extends");
    expect(configuration).toMatchObject({
      compilerOptions: {
        composite: true,
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noImplicitOverride: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
        isolatedDeclarations: true,
        verbatimModuleSyntax: true,
        erasableSyntaxOnly: true,
        types: kind === "node" ? ["node"] : [],
      },
      include: ["src"],
    });
  });

  test("of core build on no other package", () => {
    expect(readConfiguration("core")).not.toHaveProperty("references");
  });

  test.each(["node", "edge", "mocks"])("of %s build on core beside it", (kind) => {
    expect(readConfiguration(kind)).toMatchObject({
      compilerOptions: {
        paths: {
          "@pawprint/example": ["../core/dist/index.d.ts"],
          "@pawprint/example/protocol": ["../core/dist/protocol.d.ts"],
        },
      },
      references: [{ path: "../core" }],
    });
  });
});

test.each([
  ["core", ["./src/index.ts", "./src/protocol.ts"]],
  ["edge", ["./src/index.ts"]],
  ["mocks", ["./src/index.ts"]],
  ["node", ["./src/index.ts"]],
])("%s is built into one file for each export", async (kind, input) => {
  const text = exampleFile(`${kind}/rolldown.config.js`, { Run: operation() });
  const { default: config } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  expect(config).toMatchObject({ input, output: { dir: "dist" } });
  expect(readManifest(kind)).toMatchObject({
    scripts: { build: "rolldown -c && tsc --emitDeclarationOnly" },
    devDependencies: { rolldown: expect.any(String) },
  });
});

test.each(kinds)("%s has the licence and a page of its own", (kind) => {
  expect(exampleFile(`${kind}/LICENSE`, { Run: operation() })).toMatch(/Apache License/);
  expect(exampleFile(`${kind}/README.md`, { Run: operation() })).toMatch(
    /^<!-- Generated by Pawprint from model\.json\. .*-->\n\n# @pawprint\/example/,
  );
});

test("every other file says in its first line from what it was generated", () => {
  const files = examplePackages({ Run: operation() }).flatMap((generated) => generated.files);
  const sources = files.filter(({ path }) => /\.[jt]s$/.test(path));
  expect(new Set(sources.map(({ text }) => text.split("\n", 1)[0]))).toEqual(
    new Set(["// Generated by Pawprint from model.json. Do not edit: run `pawprint generate`."]),
  );
});

test("text of the model cannot end a comment or a string", () => {
  const service = {
    version: '1" + "2',
    traits: {
      title: "Example */ text",
      documentation: "Text */ text",
      "aws.auth#sigv4": { name: 'a"b' },
    },
  };
  const text = exampleFile("core/src/service.ts", { Run: operation() }, service);
  expect(text).toContain("/** What all operations of Example *\\/ text share. */");
  expect(text).toContain('apiVersion: "1\\" + \\"2",');
  expect(text).toContain('signingName: "a\\"b",');
});

test("the version stands in one file of core", () => {
  const packages = examplePackages({ Run: operation() });
  const sources = packages.flatMap(({ directory, files }) =>
    files
      .filter(({ path, text }) => path.endsWith(".ts") && text.includes("1.2.3"))
      .map(({ path }) => `${directory}/${path}`),
  );
  expect(sources).toEqual(["example/core/src/version.ts"]);
});

test("the same model gives the same bytes", () => {
  const shapes = { Run: operation() };
  expect(examplePackages(shapes)).toEqual(examplePackages(shapes));
});
