import { execFile } from "node:child_process";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  errorStructure,
  exampleModel,
  member,
  operation,
  type Part,
  type Parts,
  required,
  simple,
  structure,
} from "./reader/example.test-model.ts";
import { exampleRules, exampleService2 } from "./reader/service-2/example.test-model.ts";
import { version } from "./version.ts";

vi.setConfig({ testTimeout: 30_000 });

const binary = fileURLToPath(new URL("../bin/pawprint.js", import.meta.url));
const compileCache = fileURLToPath(new URL("../.test-results/compile-cache", import.meta.url));

interface Outcome {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  /** What was said, without the progress. */
  readonly messages: string;
}

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pawprint-cli-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the command in the folder. The cache spares each process the compiling, which is most of its time. */
function pawprint(...args: readonly string[]): Promise<Outcome> {
  return pawprintIn(folder, ...args);
}

function pawprintIn(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  const options = { cwd, env: { ...process.env, NODE_COMPILE_CACHE: compileCache } };
  return new Promise((resolve) => {
    execFile(process.execPath, [binary, ...args], options, (failure, stdout, stderr) => {
      const progress = /^pawprint: (?:reading|generating|writing|comparing)\b.*\n/gm;
      resolve({ code: failure?.code ?? 0, stdout, messages: stderr.replaceAll(progress, "") });
    });
  });
}

async function put(path: string, content: string | Part): Promise<void> {
  const file = join(folder, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
}

/** The texts of all files below a folder. */
async function readFiles(below = "."): Promise<{ readonly [path: string]: string }> {
  const root = join(folder, below);
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
  const texts = paths.map(async (path) => [path, await readFile(join(root, path), "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}

const shapes: Parts = {
  Run: operation({ input: "Input", output: "Output", errors: ["Broken"] }),
  Input: structure({ Name: required("String"), When: "Timestamp" }),
  Output: structure({ When: "Timestamp" }),
  Broken: errorStructure(),
};

const model = exampleModel(shapes);

describe("generate", () => {
  test("makes four packages of every model in models/", async () => {
    await put("models/example.json", model);
    await put("models/example.overlay.json", { service: "com.example#ExampleService" });
    await put(
      "models/other.json",
      exampleModel(shapes, { traits: { "aws.api#service": { sdkId: "Other" } } }),
    );
    await put("models/README.md", "# Models");
    const { code, stdout, messages } = await pawprint("generate");
    expect({ code, messages }).toEqual({ code: 0, messages: "" });
    expect(stdout).toMatch(/^8 packages in packages: (\d+) files, \1 written, 0 removed\n$/);
    const kinds = ["core", "edge", "mocks", "node"];
    expect(await readdir(join(folder, "packages/example"))).toEqual(kinds);
    expect(await readdir(join(folder, "packages/other"))).toEqual(kinds);
  });

  test("reads a service-2.json, alone or in a folder of models", async () => {
    await put("models/sample/service-2.json", exampleService2({}));
    await put("models/sample/endpoint-rule-set-1.json", exampleRules);
    const all = await pawprint("generate");
    expect(all).toMatchObject({ code: 0, messages: "" });
    expect(all.stdout).toMatch(/^4 packages in packages: /);
    const one = await pawprint("generate", "--model", "models/sample/service-2.json", "--check");
    expect(one).toEqual({ code: 0, stdout: "4 packages are as generated\n", messages: "" });
  });

  test("refuses a model that does not say where requests go, and says what would", async () => {
    await put("2016-03-17.json", exampleService2({}));
    expect(await pawprint("generate", "--model", "2016-03-17.json")).toEqual({
      code: 2,
      stdout: "",
      messages:
        "pawprint: 2016-03-17.json: com.amazonaws.example#ExampleService: the model does not say where requests go, so nothing can be generated; put endpoint-rule-set-1.json beside a service-2.json, or set the trait smithy.rules#endpointRuleSet on the service, which an overlay can do\n",
    });
    expect(await readdir(folder)).toEqual(["2016-03-17.json"]);
  });

  test("gives the same bytes again, wherever they go", async () => {
    await put("example.json", model);
    await put("elsewhere/example.json", model);
    await pawprint("generate", "--model", "example.json", "--out", "first");
    await pawprint("generate", "--model", "example.json", "--out", "second");
    const again = await pawprint("generate", "--model", "example.json", "--out", "first");
    expect(again.stdout).toMatch(/^4 packages in first: \d+ files, 0 written, 0 removed\n$/);
    expect(await readFiles("second")).toEqual(await readFiles("first"));
  });

  test("says in each file by which path the model is known", async () => {
    await put("my/models/example.json", model);
    await pawprint("generate", "--model", "my/models/example.json");
    const files = await readFiles("packages/example/core/src");
    expect(files["index.ts"]?.split("\n", 1)).toEqual([
      "// Generated by Pawprint from my/models/example.json. Do not edit: run `pawprint generate`.",
    ]);
  });

  test("takes the overlay that is named", async () => {
    await put("example.json", model);
    await put("rules.json", {
      corrections: [
        {
          target: "com.example#Input$Name",
          traits: { "smithy.api#documentation": "The corrected name." },
          reason: "the model says nothing",
          source: "its documentation",
        },
      ],
    });
    await pawprint("generate", "--model", "example.json", "--overlay", "rules.json");
    const files = await readFiles("packages/example/core/src");
    expect(files["types.ts"]).toContain("/** The corrected name. */");
  });

  test("removes what an operation that is gone has left", async () => {
    await put("example.json", exampleModel({ ...shapes, Stop: operation() }));
    await pawprint("generate", "--model", "example.json");
    await put("example.json", model);
    const { stdout } = await pawprint("generate", "--model", "example.json");
    expect(stdout).toMatch(/ 2 removed\n$/);
    expect(Object.keys(await readFiles("packages")).filter((path) => /stop/.test(path))).toEqual(
      [],
    );
  });

  test("reports what it leaves out", async () => {
    const streaming = {
      ...shapes,
      Upload: operation({ input: "UploadInput" }),
      UploadInput: structure({ Body: "Stream" }),
      Stream: simple("blob", { streaming: {} }),
    };
    await put("example.json", exampleModel(streaming));
    expect(await pawprint("generate", "--model", "example.json")).toMatchObject({
      code: 0,
      messages:
        "pawprint: left out com.example#Upload: it streams (com.example#UploadInput$Body), and event streams and streamed bodies are not supported\n",
    });
  });
});

describe("generate --check", () => {
  async function generateAndCheck(edit: () => Promise<void>): Promise<Outcome> {
    await put("models/example.json", model);
    await pawprint("generate");
    await edit();
    const before = await readFiles();
    const outcome = await pawprint("generate", "--check");
    expect(await readFiles()).toEqual(before);
    return outcome;
  }

  const differs = (path: string, kind: string): string =>
    `${kind}: ${path}\npawprint: 1 file differs from what is generated; run pawprint generate\n`;

  test("agrees with what was just generated", async () => {
    expect(await generateAndCheck(async () => {})).toEqual({
      code: 0,
      stdout: "4 packages are as generated\n",
      messages: "",
    });
  });

  test("notices a model whose bytes have changed, and nothing that they say", async () => {
    await put("models/example.json", model);
    await pawprint("generate");
    await put("models/example.json", JSON.stringify(model, undefined, 2));
    const { code, messages } = await pawprint("generate", "--check");
    const kinds = ["core", "edge", "mocks", "node"];
    const changed = kinds.flatMap((kind) =>
      ["README.md", "package.json"].map((file) => `${kind}/${file}`),
    );
    expect(code).toBe(1);
    expect(
      messages
        .split("\n")
        .filter((line) => line.startsWith("changed: "))
        .sort(),
    ).toEqual(changed.map((path) => `changed: packages/example/${path}`));
  });

  test("names a file that was edited", async () => {
    const path = "packages/example/node/src/index.ts";
    expect(await generateAndCheck(() => appendFile(join(folder, path), "\n"))).toEqual({
      code: 1,
      stdout: "",
      messages: differs(path, "changed"),
    });
  });

  test("names a file that was deleted", async () => {
    const path = "packages/example/mocks/README.md";
    expect(await generateAndCheck(() => rm(join(folder, path)))).toMatchObject({
      code: 1,
      messages: differs(path, "missing"),
    });
  });

  test("names a file that was added", async () => {
    const path = "packages/example/core/src/extra.ts";
    expect(await generateAndCheck(() => put(path, "export {};"))).toMatchObject({
      code: 1,
      messages: differs(path, "stale"),
    });
  });

  test("names every file where nothing was generated, and makes none", async () => {
    await put("models/example.json", model);
    const { code, messages } = await pawprint("generate", "--check");
    expect(code).toBe(1);
    expect(messages).toContain("missing: packages/example/core/package.json\n");
    expect(await readdir(folder)).toEqual(["models"]);
  });
});

const noModel =
  'this is no model: one in Smithy\'s JSON AST has "smithy" and "shapes", and a service-2.json has "version", "metadata", "operations" and "shapes"';

describe("wrong input ends with 2, one message, and nothing written", () => {
  const text = JSON.stringify(model);

  test.each<[string, string | Part, string | RegExp]>([
    ["an empty file", "", "the model is empty"],
    ["half a model", text.slice(0, text.length / 2), /^not JSON: /],
    ["no object", "[]", noModel],
    [
      "another version of Smithy",
      { smithy: "1.0", shapes: {} },
      '/smithy: version "1.0" cannot be read; it must be 2.0',
    ],
    ["no shapes", { smithy: "2.0" }, "/shapes: found nothing; an object belongs here"],
    [
      "no service",
      { smithy: "2.0", shapes: {} },
      "a model has exactly one service; this one has none",
    ],
    [
      "a target that is missing",
      exampleModel({ Input: structure({ Name: "Gone" }) }),
      "com.example#Input$Name: its target com.example#Gone is not in the model; add the shape or correct the target",
    ],
    [
      "a trait that is unknown",
      exampleModel({ Input: structure({ Name: member("String", { "com.other#color": 1 }) }) }),
      "com.example#Input$Name: trait com.other#color is unknown and may change what goes over the wire; if it does not, list it under harmlessTraits in an overlay, with the reason",
    ],
    [
      "a protocol that cannot be generated",
      exampleModel(shapes, {
        traits: { "aws.protocols#awsJson1_1": null, "aws.protocols#restJson1": {} },
      }),
      "com.example#ExampleService: the service speaks aws.protocols#restJson1; what can be generated is aws.protocols#awsJson1_1, aws.protocols#awsJson1_0",
    ],
    [
      "operations that all stream",
      exampleModel({
        Input: structure({ Body: "Stream" }),
        Stream: simple("blob", { streaming: {} }),
      }),
      "com.example#ExampleService: the service has no operation that can be generated: com.example#Run: it streams (com.example#Input$Body), and event streams and streamed bodies are not supported",
    ],
  ])("%s", async (_what, content, problem) => {
    await put("example.json", content);
    const { code, stdout, messages } = await pawprint("generate", "--model", "example.json");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(messages).toMatch(/^pawprint: example\.json: .*\n$/);
    const [, , said] = /^pawprint: (example\.json): (.*)\n$/.exec(messages) ?? [];
    expect(said).toEqual(typeof problem === "string" ? problem : expect.stringMatching(problem));
    expect(await readdir(folder)).toEqual(["example.json"]);
  });

  test("a wrong model leaves the packages of the others as they are", async () => {
    await put("models/a.json", model);
    await pawprint("generate");
    const before = await readFiles("packages");
    await put("models/a.json", exampleModel({ ...shapes, Stop: operation() }));
    await put("models/b.json", "{}");
    expect(await pawprint("generate")).toEqual({
      code: 2,
      stdout: "",
      messages: `pawprint: models/b.json: ${noModel}\n`,
    });
    expect(await readFiles("packages")).toEqual(before);
  });

  test.each<[string, readonly string[], string]>([
    ["a model that is not there", ["--model", "gone.json"], "gone.json: there is no such file"],
    [
      "a folder that is no model",
      ["--model", "models"],
      "models: the folder has no service-2.json; a model is a file in Smithy's JSON AST, a service-2.json, or a folder that has one",
    ],
    ["a model of no name", ["--model", ""], ".: the folder has no service-2.json; a model is "],
    [
      "an overlay that is not there",
      ["--model", "models/example.json", "--overlay", "gone.json"],
      "gone.json: there is no such file",
    ],
    [
      "an overlay for no model",
      ["--overlay", "models/example.json"],
      "--overlay: belongs to one model; name it with --model",
    ],
    [
      "an overlay that is a model",
      ["--model", "models/example.json", "--overlay", "models/example.json"],
      'models/example.json: /smithy: unknown property; what belongs here is one of "service", "rules", "credentialRefusals", "corrections", "harmlessTraits"',
    ],
    [
      "an output folder that is a file",
      ["--out", "models/example.json"],
      "models/example.json: it is a file, and a folder is needed there",
    ],
    [
      "an output folder below a file",
      ["--out", "models/example.json/packages"],
      "models/example.json: it is a file, and a folder is needed there",
    ],
    [
      "an output folder below a file, even to check",
      ["--out", "models/example.json/packages", "--check"],
      "models/example.json: it is a file, and a folder is needed there",
    ],
    ["an unknown option", ["--modle", "models/example.json"], "Unknown option '--modle'"],
    [
      "an argument without an option",
      ["models/example.json"],
      "Unexpected argument 'models/example.json'",
    ],
    ["an option without its value", ["--model"], "Option '--model <value>' argument missing"],
  ])("%s", async (_what, args, problem) => {
    await put("models/example.json", model);
    const { code, stdout, messages } = await pawprint("generate", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(messages.startsWith(`pawprint: ${problem}`)).toBe(true);
    expect(messages.trimEnd().split("\n")).toHaveLength(1);
    expect(Object.keys(await readFiles())).toEqual(["models/example.json"]);
  });

  test("no models folder", async () => {
    expect(await pawprint("generate")).toEqual({
      code: 2,
      stdout: "",
      messages:
        "pawprint: models: there is no such folder; run the command where models/ is, or give `generate` a model with --model\n",
    });
  });

  test("a models folder without models", async () => {
    await put("models/example.overlay.json", "{}");
    expect(await pawprint("generate")).toEqual({
      code: 2,
      stdout: "",
      messages: "pawprint: models: the folder has no model\n",
    });
  });

  test("two models of one service", async () => {
    await put("models/a.json", model);
    await put("models/b.json", model);
    expect(await pawprint("generate")).toEqual({
      code: 2,
      stdout: "",
      messages:
        "pawprint: example/core: two models have the same sdkId, and so the same packages\n",
    });
    expect(await readdir(folder)).toEqual(["models"]);
  });
});

describe("diff", () => {
  const later = exampleModel({ ...shapes, Stop: operation() });

  test("tells each change with its class and its place, and the bump", async () => {
    await put("old.json", model);
    await put("new.json", later);
    expect(await pawprint("diff", "old.json", "new.json")).toEqual({
      code: 0,
      stdout: "minor  com.example#Stop: `Stop` is a new operation.\nbump: minor (1 minor)\n",
      messages: "",
    });
  });

  test("tells nothing of a model and itself", async () => {
    await put("model.json", model);
    expect(await pawprint("diff", "model.json", "model.json")).toEqual({
      code: 0,
      stdout: "bump: none (no change that a user of the packages meets)\n",
      messages: "",
    });
  });

  test("tells the same as JSON", async () => {
    await put("old.json", later);
    await put("new.json", model);
    const { code, stdout } = await pawprint("diff", "--json", "old.json", "new.json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      bump: "major",
      changes: [
        {
          address: "com.example#Stop",
          class: "major",
          rule: "operation-removed",
          group: "breaking",
          message: "`Stop` is gone.",
        },
      ],
    });
  });

  test("applies the overlay of the old model to both, as far as it can", async () => {
    const correction = (target: string): Part => ({
      target,
      traits: { "smithy.api#documentation": "Corrected." },
      reason: "the model is silent",
      source: "its documentation",
    });
    const corrections = ["com.example#Run", "com.example#Stop"].map(correction);
    await put("old.json", later);
    await put("old.overlay.json", { corrections });
    await put("new.json", model);
    const { stdout } = await pawprint("diff", "old.json", "new.json");
    expect(stdout).toBe("major  com.example#Stop: `Stop` is gone.\nbump: major (1 major)\n");
  });

  test("calls files elsewhere by their whole paths, for two may have the same name", async () => {
    const broken = { Run: { type: "operation", input: { target: "com.example#None" } } };
    const correction = { target: "com.example#None", reason: "it is silent", source: "its docs" };
    await put("work/model.json", model);
    await put("a/model.json", model);
    await put("b/model.json", exampleModel(broken));
    await put("c/model.json", model);
    await put("c/model.overlay.json", { corrections: [{ ...correction, traits: {} }] });
    await put("d/x/service-2.json", exampleService2({}));
    await put("e/x/service-2.json", "{}");
    const diff = async (...args: readonly string[]): Promise<string> =>
      (await pawprintIn(join(folder, "work"), "diff", ...args)).messages;
    expect(await diff("../gone/model.json", "model.json")).toContain(
      `${join(folder, "gone", "model.json")}: there is no such file`,
    );
    expect(await diff("model.json", "../b/model.json")).toContain(
      `${join(folder, "b", "model.json")}: com.example#Run`,
    );
    expect(await diff("model.json", "../c/model.json")).toContain(
      `${join(folder, "c", "model.overlay.json")}: /corrections/0`,
    );
    for (const path of ["../e/x", "../e/x/service-2.json"]) {
      expect(await diff("../d/x/service-2.json", path)).toContain(
        join(folder, "e", "x", "service-2.json"),
      );
    }
    expect(await diff("model.json", "gone.json")).toBe(
      "pawprint: gone.json: there is no such file\n",
    );
  });

  test.each([
    [["one.json"], "diff: takes two models, the old one and the new one"],
    [["a.json", "b.json", "c.json"], "diff: takes two models, the old one and the new one"],
    [["model.json", "gone.json"], "gone.json: there is no such file"],
    [["model.json", "model.json", "--yaml"], "Unknown option '--yaml'"],
  ])("%j is refused", async (args, problem) => {
    await put("model.json", model);
    const { code, stdout, messages } = await pawprint("diff", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(messages.startsWith(`pawprint: ${problem}`)).toBe(true);
  });
});

describe("update", () => {
  test("tells what changed, what it wrote, and what of the overlay is gone", async () => {
    const gone = { target: "com.example#Stop", traits: { "smithy.api#documentation": "Stops." } };
    const corrections = [{ ...gone, reason: "the model is silent", source: "its documentation" }];
    await put("models/example.json", exampleModel({ ...shapes, Stop: operation() }));
    await put("models/example.overlay.json", { corrections });
    await pawprint("generate");
    await put("new.json", model);
    const before = await readFiles();

    const tried = await pawprint("update", "example", "new.json", "--dry-run");
    expect(tried).toMatchObject({
      code: 0,
      messages:
        "pawprint: models/example.overlay.json: /corrections/0: to be removed: the correction of com.example#Stop: it is not in the model\n",
    });
    expect(tried.stdout).toContain("would change models/example.json\n");
    expect(tried.stdout).toContain("**Breaking**\n\n- `Stop` is gone.\n");
    expect(await readFiles()).toEqual(before);

    const done = await pawprint("update", "example", "new.json");
    expect(done.messages).toContain(": /corrections/0: removed: ");
    expect(done.stdout).toMatch(
      /^major {2}com\.example#Stop: `Stop` is gone\.\nbump: major \(1 major\)\n/,
    );
    expect(done.stdout).toContain("removed packages/example/core/src/operations/stop.ts\n");
    expect(done.stdout).toMatch(/created \.changeset\/example-[0-9a-f]{8}\.md\n/);
    expect(await pawprint("generate", "--check")).toMatchObject({ code: 0 });

    const again = await pawprint("update", "example", "new.json");
    expect(again.stdout).toMatch(/\nnothing to write\n$/);
  });

  test.each([
    [["example"], "update: takes a service of models/ and its new model"],
    [["example", "gone.json"], "gone.json: there is no such file"],
    [
      ["other", "new.json"],
      "models/other.json: there is no such model to update; the models are models/example.json",
    ],
  ])("%j is refused", async (args, problem) => {
    await put("models/example.json", model);
    await put("new.json", model);
    const { code, stdout, messages } = await pawprint("update", ...args);
    expect({ code, stdout, messages }).toEqual({
      code: 2,
      stdout: "",
      messages: `pawprint: ${problem}\n`,
    });
  });
});

describe("the command", () => {
  test("tells its version", async () => {
    expect(await pawprint("--version")).toEqual({ code: 0, stdout: `${version}\n`, messages: "" });
  });

  test.each([[["--help"]], [["-h"]], [["generate", "--help"]], [["generate", "-h"]]])(
    "%j tells how it is used",
    async (args) => {
      const { code, stdout, messages } = await pawprint(...args);
      expect({ code, messages }).toEqual({ code: 0, messages: "" });
      expect(stdout).toMatch(/^Usage: pawprint generate /);
      expect(stdout).toContain("Exit codes: 0 done, 1 a check says no, 2 the input is wrong.");
    },
  );

  test.each([
    [[], "no command"],
    [["genrate"], "there is no command genrate"],
    [["--check"], "there is no command --check"],
  ])("%j is refused, with how it is used", async (args, problem) => {
    const { code, stdout, messages } = await pawprint(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(messages).toMatch(new RegExp(`^pawprint: ${problem}\n\nUsage: pawprint generate `));
  });
});
