import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exampleModel, structure } from "./example.test-model.ts";
import { lowerService } from "./lower.ts";
import type { Model } from "./model.ts";
import { displayPath, readModel } from "./read-model.ts";
import { exampleRules, exampleService2 } from "./service-2/example.test-model.ts";

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

describe("a service-2.json", () => {
  const service2 = JSON.stringify(exampleService2({}));
  const rules = JSON.stringify(exampleRules);

  async function writeFolder(files: { readonly [name: string]: string }): Promise<string> {
    await mkdir(join(folder, "example"), { recursive: true });
    for (const [name, text] of Object.entries(files)) await write(`example/${name}`, text);
    return join(folder, "example");
  }

  function hasRules({ shapes }: Model): boolean {
    const service = shapes.get("com.amazonaws.example#ExampleService");
    return service?.traits.has("smithy.rules#endpointRuleSet") ?? false;
  }

  test.each([
    ["its folder", "example"],
    ["itself", "example/service-2.json"],
  ])("that is named by %s is read with the files beside it", async (_how, path) => {
    await writeFolder({ "service-2.json": service2, "endpoint-rule-set-1.json": rules });
    const read = await readModel({ model: join(folder, path) });
    expect(read.file).toBe("example/service-2.json");
    expect(hasRules(read)).toBe(true);
    expect(read.provenance?.digest).toBe(sha256(rules + service2));
  });

  test("under another name is read alone", async () => {
    await writeFolder({ "2020-01-02.json": service2, "endpoint-rule-set-1.json": rules });
    const read = await readModel({ model: join(folder, "example/2020-01-02.json") });
    expect(read.file).toBe("2020-01-02.json");
    expect(hasRules(read)).toBe(false);
    expect(read.provenance?.digest).toBe(sha256(service2));
  });

  test("alone in its folder needs no other file", async () => {
    expect(
      hasRules(await readModel({ model: await writeFolder({ "service-2.json": service2 }) })),
    ).toBe(false);
  });

  test("has the overlay beside its folder", async () => {
    const path = await writeFolder({ "service-2.json": service2 });
    const rule = {
      id: "a",
      targets: ["com.amazonaws.example#Run"],
      statement: "beside",
      source: "s",
    };
    await write("example.overlay.json", JSON.stringify({ rules: [rule] }));
    expect(statementsOf(await readModel({ model: path }))).toEqual(["beside"]);
    expect(statementsOf(await readModel({ model: join(path, "service-2.json") }))).toEqual([
      "beside",
    ]);
  });

  test("gets what the extras beside it add, objects merged and all else replaced", async () => {
    const extras = JSON.stringify({
      version: 1.0,
      merge: {
        metadata: { serviceFullName: "More", serviceAbbreviation: "M" },
        documentation: "D.",
      },
    });
    const path = await writeFolder({
      "service-2.json": service2,
      "service-2.sdk-extras.json": extras,
    });
    const read = await readModel({ model: path });
    const service = read.shapes.get("com.amazonaws.example#ExampleService");
    expect(service?.traits.get("smithy.api#title")).toBe("More");
    expect(service?.traits.get("smithy.api#documentation")).toBe("D.");
    expect(service?.version).toBe("2020-01-02");
    expect(read.provenance?.digest).toBe(sha256(service2 + extras));
  });

  test.each([
    ["no object", "[]", "found an array; an object belongs here"],
    ["another version", '{"version":2,"merge":{}}', "/version: found 2; 1 belongs here"],
    ["nothing to merge", '{"version":1}', "/merge: found nothing; an object belongs here"],
    [
      "more than there should be",
      '{"version":1,"merge":{},"remove":{}}',
      '/remove: unknown property; what belongs here is one of "version", "merge"',
    ],
  ])("with extras of %s is refused", async (_what, text, problem) => {
    const path = await writeFolder({
      "service-2.json": service2,
      "service-2.sdk-extras.json": text,
    });
    await expect(readModel({ model: path })).rejects.toMatchObject({
      name: "ModelError",
      message: `example/service-2.sdk-extras.json: ${problem}`,
    });
  });

  test.each([
    ["is empty", "", "the model is empty"],
    ["ends too early", '{"version":', "not JSON: "],
    ["is of something else", "{}", "/version: found nothing; a string belongs here"],
  ])("with a file beside it that %s is refused", async (_what, text, problem) => {
    const path = await writeFolder({
      "service-2.json": service2,
      "endpoint-rule-set-1.json": text,
    });
    const read = readModel({ model: path }).then(lowerService);
    await expect(read).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringContaining(`example/endpoint-rule-set-1.json: ${problem}`),
    });
  });

  test("that is not there is refused, whatever is beside it", async () => {
    const path = await writeFolder({ "endpoint-rule-set-1.json": rules });
    await expect(readModel({ model: join(path, "service-2.json") })).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(/^example: the folder has no service-2\.json; /),
    });
  });
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
