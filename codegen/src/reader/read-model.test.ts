import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exampleModel, structure } from "./example.test-model.ts";
import type { Model } from "./model.ts";
import { displayPath, readModel } from "./read-model.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pawprint-read-model-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const model = JSON.stringify(exampleModel({ Input: structure({ Name: "String" }) }));

function overlay(statement: string): string {
  const rule = { id: "a", targets: ["com.example#Input"], statement, source: "its documentation" };
  return JSON.stringify({ rules: [rule] });
}

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function statementsOf({ rules }: Model): readonly string[] {
  return rules.map(({ statement }) => statement);
}

test("a model is read with the overlay beside it", async () => {
  await write("example.overlay.json", overlay("beside"));
  const read = await readModel({ model: await write("example.json", model) });
  expect(read.file).toBe("example.json");
  expect(statementsOf(read)).toEqual(["beside"]);
});

test("an overlay that is named comes instead of the one beside the model", async () => {
  await write("example.overlay.json", overlay("beside"));
  const elsewhere = await write("other.json", overlay("elsewhere"));
  const read = await readModel({ model: await write("example.json", model), overlay: elsewhere });
  expect(statementsOf(read)).toEqual(["elsewhere"]);
});

test("a model needs no overlay", async () => {
  expect((await readModel({ model: await write("example.json", model) })).rules).toEqual([]);
});

test("a model whose name does not end with .json is not taken for its own overlay", async () => {
  expect((await readModel({ model: await write("example.model", model) })).rules).toEqual([]);
});

test("a model that begins with a byte order mark is read", async () => {
  const file = await write("example.json", `\uFEFF${model}`);
  expect((await readModel({ model: file })).shapes.has("com.example#Input")).toBe(true);
});

describe("provenance", () => {
  test("is the digest of the model's bytes, whatever they say", async () => {
    const file = await write("example.json", model);
    const { provenance } = await readModel({ model: file });
    expect(provenance).toEqual({ digest: sha256(model), overlay: undefined });
    await write("example.json", `${model}\n`);
    expect((await readModel({ model: file })).provenance?.digest).toBe(sha256(`${model}\n`));
  });

  test("names the overlay, whose digest is its own", async () => {
    const text = overlay("beside");
    await write("example.overlay.json", text);
    const file = await write("example.json", model);
    expect((await readModel({ model: file })).provenance).toEqual({
      digest: sha256(model),
      overlay: { source: "example.overlay.json", digest: sha256(text) },
    });
  });
});

describe("a file that cannot be read is refused with its name", () => {
  test.each([
    ["is empty", "", "example.json: the model is empty"],
    ["holds white space", " \n", "example.json: the model is empty"],
    ["ends too early", model.slice(0, 40), /^example\.json: not JSON: .*at position 40/],
    ["is no JSON", "service: Example", /^example\.json: not JSON: .*"service: E/],
  ])("a model that %s", async (_what, text, problem) => {
    const file = await write("example.json", text);
    const expected = typeof problem === "string" ? problem : expect.stringMatching(problem);
    await expect(readModel({ model: file })).rejects.toMatchObject({
      name: "ModelError",
      message: expected,
    });
  });

  test("a model that is not there", async () => {
    await expect(readModel({ model: join(folder, "gone.json") })).rejects.toMatchObject({
      name: "ModelError",
      message: "gone.json: there is no such file",
    });
  });

  test("a model that is a folder without a service-2.json", async () => {
    await mkdir(join(folder, "example.json"));
    await expect(readModel({ model: join(folder, "example.json") })).rejects.toMatchObject({
      name: "ModelError",
      message:
        "example.json: the folder has no service-2.json; a model is a file in Smithy's JSON AST, a service-2.json, or a folder that has one",
    });
  });

  test("a folder of folders, of which one is a model", async () => {
    await mkdir(join(folder, "example", "2020-01-02"), { recursive: true });
    await write("example/2020-01-02/service-2.json", "{}");
    await expect(readModel({ model: join(folder, "example") })).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(
        /^example: the folder has no service-2\.json, but its folder 2020-01-02 has; /,
      ),
    });
  });

  test.each([
    ["an object of something else", '{ "openapi": "3.1.0" }'],
    ["an array", "[]"],
    ["null", "null"],
  ])("%s", async (_what, text) => {
    const file = await write("example.json", text);
    await expect(readModel({ model: file })).rejects.toMatchObject({
      name: "ModelError",
      message:
        'example.json: this is no model: one in Smithy\'s JSON AST has "smithy" and "shapes", and a service-2.json has "version", "metadata", "operations" and "shapes"',
    });
  });

  test("an overlay that is a folder", async () => {
    await mkdir(join(folder, "example.overlay.json"));
    const file = await write("example.json", model);
    await expect(readModel({ model: file })).rejects.toMatchObject({
      name: "ModelError",
      message: "example.overlay.json: the overlay must be a file, and this is a folder",
    });
  });

  test("a model that leads to itself", async () => {
    const file = join(folder, "example.json");
    await symlink(file, file);
    await expect(readModel({ model: file })).rejects.toMatchObject({
      name: "ModelError",
      message: "example.json: it cannot be read (ELOOP)",
    });
  });

  test("an overlay that is empty", async () => {
    await write("example.overlay.json", "");
    const file = await write("example.json", model);
    await expect(readModel({ model: file })).rejects.toMatchObject({
      name: "ModelError",
      message: "example.overlay.json: the overlay is empty",
    });
  });

  test("an overlay that is named and not there", async () => {
    const files = { model: await write("example.json", model), overlay: join(folder, "gone.json") };
    await expect(readModel(files)).rejects.toMatchObject({
      name: "ModelError",
      message: "gone.json: there is no such file",
    });
  });
});

describe("a file is called", () => {
  test.each([
    [
      "by its path inside the working folder",
      join(process.cwd(), "models", "a.json"),
      "models/a.json",
    ],
    ["by its name outside of it", "/elsewhere/models/a.json", "a.json"],
    ["by its name beside it", join(process.cwd(), "..", "a.json"), "a.json"],
    ["by its path where that begins with dots", join(process.cwd(), "..a", "b"), "..a/b"],
    ["with a dot for the working folder itself", process.cwd(), "."],
  ])("%s", (_how, file, name) => {
    expect(displayPath(file)).toBe(name);
  });
});
