import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seed } from "./example.test-market.ts";
import { type Program, startProgram, startServer } from "./example.test-program.ts";
import { readVersion } from "./version.ts";

let folder: string;
let seedFile: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-cli-"));
  seedFile = join(folder, "seed.json");
  await writeFile(seedFile, JSON.stringify(seed));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const headers = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=SELLER/20260715/us-east-1/aws-marketplace/aws4_request, SignedHeaders=host, Signature=0",
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": "AWSMPMeteringService.ResolveCustomer",
};
const body = JSON.stringify({ RegistrationToken: "token-older" });

describe("the command", () => {
  test("says what it takes, and which version it is", async () => {
    expect(await startProgram(["--help"]).ended).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Usage: marketplace-metering-emulator/),
    });
    expect(await startProgram(["--version"]).ended).toMatchObject({
      code: 0,
      out: `${readVersion()}\n`,
    });
  });

  test("serves what the seed says from the time that it is given, on a free port", async () => {
    const program = await startServer([
      "--port",
      "0",
      "--seed",
      seedFile,
      "--clock",
      "2026-07-15T09:30:00Z",
    ]);
    const response = await fetch(program.url, { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ ProductCode: "older" });
    program.process.kill("SIGTERM");
    const { code, out } = await program.ended;
    expect(code).toBe(0);
    expect(out).toContain("4 products, 3 customers, 4 agreements");
    expect(out).toMatch(
      /2026-07-15T09:30:\d\d\.\d{3}Z {2}ResolveCustomer {2}200 OK {2}SELLER us-east-1 {2}\d+ ms {2}111122223333 bought older\n/,
    );
  });

  test("writes what clients send without control characters", async () => {
    const program = await startServer(["--port", "0"]);
    const target = "AWSMPMeteringService.\u009b31m";
    await fetch(program.url, { method: "POST", headers: { ...headers, "x-amz-target": target } });
    program.process.kill("SIGTERM");
    expect((await program.ended).out).toContain("\\x9b31m");
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "lets a request under way have its answer when it gets %s, and ends with 0",
    async (signal) => {
      const faults = join(folder, `${signal}.json`);
      await writeFile(faults, JSON.stringify([{ kind: "slow", milliseconds: 500 }]));
      const program = await startServer([
        "--port",
        "0",
        "--seed",
        seedFile,
        "--clock",
        "2026-07-15T09:30:00Z",
        "--faults",
        faults,
      ]);
      const response = await fetch(program.url, { method: "POST", headers, body });
      program.process.kill(signal);
      expect(await response.json()).toMatchObject({ ProductCode: "older" });
      expect((await program.ended).code).toBe(0);
    },
  );

  test("does not wait for ever for a request that hangs", async () => {
    const faults = join(folder, "hang.json");
    await writeFile(faults, JSON.stringify([{ kind: "hang" }]));
    const program = await startServer(["--port", "0", "--faults", faults]);
    const hanging = fetch(program.url, { method: "POST", headers, body }).catch(() => "broken");
    await program.reads(/ hang /);
    program.process.kill("SIGTERM");
    expect(await hanging).toBe("broken");
    expect((await program.ended).code).toBe(0);
  });
});

describe("the command refuses, with exit code 2,", () => {
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  test.each<[string, () => Promise<readonly string[]>, string]>([
    ["an unknown option", async () => ["--sede", "x"], "Unknown option '--sede'"],
    ["a word that is no option", async () => ["serve"], "Unexpected argument 'serve'"],
    [
      "a port that is none",
      async () => ["--port", "http"],
      "--port: found http; a whole number from 0 to 65535 belongs here",
    ],
    ["a port that is too high", async () => ["--port", "65536"], "--port: found 65536"],
    [
      "a time that is none",
      async () => ["--clock", "now"],
      "--clock: found now; a time such as 2026-07-01T00:00:00Z belongs here",
    ],
    ["a seed that there is not", async () => ["--seed", join(folder, "none.json")], "no such file"],
    [
      "a seed that is no JSON",
      async () => ["--seed", await write("bad.json", "{")],
      "bad.json: Expected property name",
    ],
    [
      "a seed with problems, all of which it names",
      async () => ["--seed", await write("wrong.json", '{"products": [{}], "stuff": 1}')],
      "/products/0/productCode: found nothing; a product code of letters",
    ],
    ["an empty host", async () => ["--host", ""], "--host: found nothing; a value belongs here"],
    ["an empty state file", async () => ["--state="], "--state: found nothing"],
    [
      "names of claims that there are not",
      async () => ["--claim-names", "snake_case"],
      '--claim-names: found "snake_case"; one of camelCase, PascalCase belongs here',
    ],
    [
      "a tolerance that is no number",
      async () => ["--clock-tolerance", "5m"],
      "--clock-tolerance: found 5m; a whole number from 0",
    ],
    [
      "faults that are none",
      async () => ["--faults", await write("faults.json", '[{"kind": "x"}]')],
      '/0/kind: found "x"',
    ],
  ])("%s", async (_what, args, message) => {
    const { code, error } = await startProgram(await args()).ended;
    expect(error).toMatch(/^marketplace-metering-emulator: /);
    expect(error).toContain(message);
    expect(code).toBe(2);
  });
});

describe("the command cannot run here, which is exit code 1,", () => {
  test("on a port that is in use", async () => {
    const first = await startServer(["--port", "0"]);
    const { port } = new URL(first.url);
    const { code, error } = await startProgram(["--port", port]).ended;
    expect(error).toContain(`127.0.0.1:${port} is in use; choose another --port, or 0 for any`);
    expect(code).toBe(1);
    first.process.kill("SIGTERM");
    await first.ended;
  });

  test("on an address of another machine", async () => {
    const { code, error } = await startProgram(["--port", "0", "--host", "192.0.2.1"]).ended;
    expect(error).toContain("--host 192.0.2.1 is no address of this machine");
    expect(code).toBe(1);
  });

  const older = findOlderNode();
  if (older === undefined) {
    console.warn("SKIPPED: the test of a Node without SQLite needs a Node 20 in PATH.");
  }
  test.skipIf(older === undefined)(
    "with a state file on Node 20, whose lack it names",
    async () => {
      const args = ["--port", "0", "--state", join(folder, "state.db")];
      const { code, error } = await startProgram(args, older).ended;
      expect(error).toContain("a state file needs Node 22.13 or later");
      expect(code).toBe(1);
    },
  );
  test.skipIf(older === undefined)("but does without one on Node 20", async () => {
    const program: Program = startProgram(["--port", "0"], older);
    const [, url = ""] = await program.reads(/listening on {2}(http:\S+)/);
    expect((await fetch(url, { method: "POST" })).status).toBe(404);
    program.process.kill("SIGTERM");
    expect((await program.ended).code).toBe(0);
  });
});

function findOlderNode(): string | undefined {
  const candidates = (process.env.PATH ?? "").split(":").map((path) => join(path, "node"));
  return candidates.find((path) => {
    try {
      return /^v20\./.test(
        execFileSync(path, ["--version"], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        }),
      );
    } catch {
      return false;
    }
  });
}
