import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findModels, generate } from "../generate.ts";
import {
  exampleModel,
  member,
  operation,
  type Part,
  type Parts,
  required,
  structure,
} from "../reader/example.test-model.ts";
import type { Update, UpdateOptions } from "./update-model.ts";
import { updateModel } from "./update-model.ts";

vi.setConfig({ testTimeout: 60_000 });

const shapes: Parts = {
  Run: operation({ input: "Input", output: "Output" }),
  Input: structure({ Name: required("String") }),
  Output: structure({ Size: "Integer", Unit: "String" }),
};

const more: Parts = { ...shapes, Stop: operation() };

const overlay: Part = {
  service: "com.example#ExampleService",
  corrections: [
    {
      target: "com.example#Output$Unit",
      traits: { "smithy.api#documentation": "Of the size." },
      reason: "the model does not say it",
      source: "its documentation",
    },
    {
      target: "com.example#Input$Name",
      traits: { "smithy.api#documentation": "Whose it is." },
      reason: "the model does not say it",
      source: "its documentation",
    },
  ],
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "pawprint-update-"));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function put(path: string, content: string | Part): Promise<string> {
  const file = join(root, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** The texts of all files but those of git. */
async function readFiles(): Promise<{ readonly [path: string]: string }> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith(".git/"))
    .sort();
  const texts = paths.map(async (path) => [path, await readFile(join(root, path), "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}

/** The folder of a project with one model, and its packages. */
async function start(model: Part = exampleModel(shapes)): Promise<void> {
  await put("models/example.json", model);
  await generateAll(false);
}

async function generateAll(check: boolean): Promise<readonly string[]> {
  const models = await findModels(join(root, "models"));
  const { differences } = await generate({ models, out: join(root, "packages"), check });
  return differences.map(({ path }) => path);
}

function update(options: Partial<UpdateOptions> & { readonly incoming: string }): Promise<Update> {
  return updateModel({ service: "example", root, dryRun: false, force: false, ...options });
}

async function changesets(): Promise<readonly string[]> {
  return readdir(join(root, ".changeset")).catch(() => []);
}

describe("an update", () => {
  test("puts the new model in place byte for byte, regenerates, and writes the changeset", async () => {
    await start();
    const text = JSON.stringify(exampleModel(more), undefined, 3);
    const { comparison, changeset } = await update({ incoming: await put("new.json", text) });
    const files = await readFiles();
    expect(files["models/example.json"]).toBe(text);
    expect(Object.keys(files)).toContain("packages/example/core/src/operations/stop.ts");
    expect(await generateAll(true)).toEqual([]);
    expect(comparison.bump).toBe("minor");
    expect(await changesets()).toEqual([changeset?.name]);
    expect(files[`.changeset/${changeset?.name}`]).toContain("- `Stop` is a new operation.\n");
  });

  test("writes the same again from the same", async () => {
    await start();
    await cp(root, `${root}-again`, { recursive: true });
    const incoming = await put("new.json", exampleModel(more));
    await update({ incoming });
    const first = await readFiles();
    await rm(root, { recursive: true });
    await cp(`${root}-again`, root, { recursive: true });
    await rm(`${root}-again`, { recursive: true });
    await update({ incoming: await put("new.json", exampleModel(more)) });
    expect(await readFiles()).toEqual(first);
  });

  test("that changes nothing for users replaces the model, and writes no changeset", async () => {
    await start();
    const model = { ...exampleModel(shapes), metadata: { revision: 2 } };
    const { changeset } = await update({ incoming: await put("new.json", model) });
    expect(changeset).toBeUndefined();
    expect(await changesets()).toEqual([]);
    expect((await readFiles())["models/example.json"]).toBe(JSON.stringify(model));
    expect(await generateAll(true)).toEqual([]);
  });

  test("to the model that is there changes nothing at all", async () => {
    await start();
    const incoming = await put("new.json", exampleModel(shapes));
    const before = await readFiles();
    expect((await update({ incoming })).differences).toEqual([]);
    expect(await readFiles()).toEqual(before);
  });

  test("that is only tried writes nothing, and tells what it would write", async () => {
    await start();
    const incoming = await put("new.json", exampleModel(more));
    const before = await readFiles();
    const { differences, changeset } = await update({ incoming, dryRun: true });
    expect(await readFiles()).toEqual(before);
    const names = differences.map(({ kind, path }) => `${kind} ${relative(root, path)}`);
    expect(names).toContain("changed models/example.json");
    expect(names).toContain(`missing .changeset/${changeset?.name}`);
    expect(names).toContain("missing packages/example/core/src/operations/stop.ts");
  });

  test("keeps the overlay, without what is about shapes that are gone", async () => {
    await put("models/example.overlay.json", overlay);
    await start();
    const { Unit: _unit, ...members } = (shapes.Output?.members ?? {}) as Part;
    const model = exampleModel({ ...shapes, Output: { ...shapes.Output, members } });
    const { remarks, comparison } = await update({ incoming: await put("new.json", model) });
    expect(remarks).toMatchObject([{ kind: "gone", pointer: "/corrections/0" }]);
    const corrections = (overlay.corrections as readonly Part[]).slice(1);
    const kept = `${JSON.stringify({ ...overlay, corrections }, undefined, 2)}\n`;
    expect((await readFiles())["models/example.overlay.json"]).toBe(kept);
    expect(await generateAll(true)).toEqual([]);
    expect(comparison.changes.map(({ rule }) => rule)).toEqual(["member-removed"]);
  });

  test("does not take what the overlay corrects for a change", async () => {
    await put("models/example.overlay.json", overlay);
    await start();
    const name = required("String", { documentation: "Whose it is." });
    const model = exampleModel({ ...shapes, Input: structure({ Name: name }) });
    const { remarks, comparison } = await update({ incoming: await put("new.json", model) });
    expect(comparison.bump).toBe("none");
    expect(remarks).toMatchObject([{ kind: "idle", pointer: "/corrections/1" }]);
    expect((await readFiles())["models/example.overlay.json"]).toBe(JSON.stringify(overlay));
  });
});

describe("a service-2.json", () => {
  const service2 = (documentation: string): Part => ({
    version: "2.0",
    metadata: {
      apiVersion: "2020-01-02",
      endpointPrefix: "example",
      jsonVersion: "1.1",
      protocol: "json",
      serviceFullName: "Example",
      serviceId: "Example",
      signatureVersion: "v4",
      targetPrefix: "ExampleService",
    },
    documentation,
    operations: { Run: { name: "Run", http: { method: "POST", requestUri: "/" } } },
    shapes: {},
  });
  const rules = {
    version: "1.0",
    parameters: {},
    rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } }],
  };

  async function putFolder(path: string, documentation: string): Promise<string> {
    await put(`${path}/service-2.json`, service2(documentation));
    await put(`${path}/endpoint-rule-set-1.json`, rules);
    await put(`${path}/notes.txt`, "not a part of it");
    return join(root, path);
  }

  test("takes the place of another one with the files beside it", async () => {
    await putFolder("models/example", "Old.");
    await put("models/example/paginators-1.json", { pagination: {} });
    await rm(join(root, "models/example/notes.txt"));
    await generateAll(false);
    const { comparison } = await update({ incoming: await putFolder("new", "New.") });
    expect(comparison.changes.map(({ rule }) => rule)).toEqual(["documentation"]);
    expect(await readdir(join(root, "models/example"))).toEqual([
      "endpoint-rule-set-1.json",
      "service-2.json",
    ]);
    expect(await generateAll(true)).toEqual([]);
  });

  test("takes the place of a file, and gives it up to one", async () => {
    const traits = { "aws.api#service": { sdkId: "Example", endpointPrefix: "example" } };
    const model = JSON.stringify(exampleModel({ Run: operation() }, { traits }));
    const asFile = model.replaceAll("com.example", "com.amazonaws.example");
    await start(JSON.parse(asFile) as Part);
    await update({ incoming: await putFolder("new", "New.") });
    expect(await readdir(join(root, "models"))).toEqual(["example"]);
    expect(await generateAll(true)).toEqual([]);
    await update({ incoming: await put("newer.json", asFile) });
    expect(await readdir(join(root, "models"))).toEqual(["example.json"]);
    expect(await generateAll(true)).toEqual([]);
  });
});

describe("refused, with the tree as it was:", () => {
  const foreign = exampleModel(shapes, { traits: { "aws.api#service": { sdkId: "Other" } } });
  const withoutEndpoints = exampleModel(shapes, {
    traits: { "smithy.rules#endpointRuleSet": null },
  });
  const colliding = exampleModel({
    ...shapes,
    Output: structure({ A: "ExampleServiceError", B: "ExampleError" }),
    ExampleError: structure(),
    ExampleServiceError: structure(),
  });

  test.each<[string, string | Part, string]>([
    ["no JSON", "{", "new.json: not JSON: "],
    ["no model", {}, "new.json: this is no model: "],
    [
      "a reference that leads nowhere",
      exampleModel({ ...shapes, Output: structure({ A: "com.example#Gone" }) }),
      "new.json: com.example#Output$A: its target com.example#Gone is not in the model",
    ],
    [
      "an unknown trait",
      exampleModel({ ...shapes, Input: structure({ A: member("String", { "com.other#x": {} }) }) }),
      "new.json: com.example#Input$A: trait com.other#x is unknown",
    ],
    [
      "the model of another service",
      foreign,
      'new.json: com.example#ExampleService: its sdkId is "Other", and example.json is the model of com.example#ExampleService, "Example"; ',
    ],
    [
      "a model that does not say where requests go",
      withoutEndpoints,
      "new.json: com.example#ExampleService: the model does not say where requests go",
    ],
    [
      "a model of which no packages can be made",
      colliding,
      "new.json: com.example#ExampleService: has shapes with all of the names ExampleError, ExampleServiceError",
    ],
  ])("%s", async (_what, model, problem) => {
    await put("models/example.overlay.json", overlay);
    await start();
    const incoming = await put("new.json", model);
    const before = await readFiles();
    const refusal = await update({ incoming }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Error);
    expect((refusal as Error).message.slice(0, problem.length)).toBe(problem);
    expect(await readFiles()).toEqual(before);
  });

  test.each(["other", "example.json", "example.overlay", "..", ""])(
    "%j, which is no name of a model",
    async (service) => {
      await put("models/example.overlay.json", overlay);
      await start();
      const incoming = await put("new.json", exampleModel(more));
      const before = await readFiles();
      await expect(update({ incoming, service })).rejects.toThrow(
        ".json: there is no such model to update; the models are example.json",
      );
      expect(await readFiles()).toEqual(before);
    },
  );

  test("packages that cannot be written", async () => {
    await start();
    await put("packages/example/core/package.json", "{}");
    const incoming = await put("new.json", exampleModel(more));
    const before = await readFiles();
    await expect(update({ incoming })).rejects.toThrow("holds files that were not generated");
    expect(await readFiles()).toEqual(before);
  });

  test("a changeset that cannot be written", async () => {
    await start();
    await put(".changeset", "a file where a folder belongs");
    const incoming = await put("new.json", exampleModel(more));
    const before = await readFiles();
    await expect(update({ incoming })).rejects.toThrow("nothing was changed");
    expect(await readFiles()).toEqual(before);
  });
});

describe("in a work tree of git", () => {
  function git(...args: readonly string[]): void {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    execFileSync("git", [...identity, ...args], { cwd: root, stdio: "ignore" });
  }

  beforeEach(async () => {
    await start();
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "Start");
  });

  test("changes that are not committed are refused, unless told, or where nothing is written", async () => {
    await put("notes.txt", "Not committed.");
    await put("more.txt", "Neither.");
    const incoming = await put("new.json", exampleModel(more));
    const before = await readFiles();
    await expect(update({ incoming })).rejects.toThrow(
      "more.txt: it is not committed, and 1 more; commit or stash it, or go on with --force",
    );
    await expect(update({ incoming, dryRun: true })).resolves.toBeDefined();
    expect(await readFiles()).toEqual(before);
    expect((await update({ incoming, force: true })).comparison.bump).toBe("minor");
  });

  test("the new model itself need not be committed", async () => {
    const incoming = await put("new.json", exampleModel(more));
    expect((await update({ incoming })).comparison.bump).toBe("minor");
  });
});
