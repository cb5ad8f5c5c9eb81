import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import {
  CustomerNotEntitledException,
  type RegisterUsageRequest,
  type RegisterUsageResult,
  ThrottlingException,
} from "@pawprint/marketplace-metering-node";
import { type LocalService, serveHandlers } from "tools-local-service";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Image, layOut, readDockerfile } from "./local-image.ts";
import { createClaims, createSellerKeys, sign } from "./local-seller-keys.ts";

const mock = mockMarketplaceMetering();
const keys = createSellerKeys();
let aws: LocalService;
let root: string;
let image: Image;
let running: ChildProcess | undefined;

beforeAll(async () => {
  aws = await serveHandlers(mock.handlers);
  root = await mkdtemp(join(tmpdir(), "example-container-"));
  image = await layOut(root);
  await writeFile(join(image.workingDirectory, "product/public-key.pem"), keys.publicKeyPem);
});
afterAll(async () => {
  await aws.close();
  await rm(root, { recursive: true });
});

beforeEach(() => {
  mock.reset();
  mock.registerUsage.replies(answer);
});
afterEach(() => {
  running?.kill("SIGKILL");
  running = undefined;
});

test("a container that is entitled starts, having registered once", async () => {
  const { url, log } = await start();
  expect(log).toEqual([]);
  expect(await (await fetch(url)).text()).toBe("paid work\n");
  expect(mock.registerUsage.calls.map(({ input }) => input)).toEqual([
    {
      ProductCode: "example-product",
      PublicKeyVersion: 1,
      Nonce: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ]);
});

test("a container ends when its task or pod does", async () => {
  await start();
  const ended = new Promise((resolve) => running?.once("exit", resolve));
  running?.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test("a container ends when its task or pod does, though it is still registering", async () => {
  const asked = new Promise<void>((resolve) => {
    mock.registerUsage.replies(() => {
      resolve();
      return new Promise(() => {});
    });
  });
  const child = run();
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await asked;
  child.kill("SIGTERM");
  expect(await ended).toBe(143);
});

test("a container whose buyer is not entitled does not start", async () => {
  mock.registerUsage.rejects(new CustomerNotEntitledException({ message: "not subscribed" }));
  expect(await refuse()).toContain("registration: CustomerNotEntitledException: not subscribed");
  expect(mock.registerUsage.calls).toHaveLength(1);
});

test("a container does not start when the service stays busy", async () => {
  mock.registerUsage.rejects(new ThrottlingException({ message: "slow down" }));
  const log = await refuse({ REGISTRATION_PATIENCE: "500" });
  expect(log).toMatch(/registration: (ThrottlingException|TimeoutError)/);
});

test("a container does not start on an answer that someone else has signed", async () => {
  const { privateKey } = createSellerKeys();
  mock.registerUsage.replies(async (input) => ({
    Signature: await sign(createClaims(input), privateKey),
  }));
  expect(await refuse()).toContain("the signature does not hold");
});

test("a container does not start on the answer to an earlier start", async () => {
  const earlier: RegisterUsageResult[] = [];
  mock.registerUsage.replies(async (input) => {
    earlier.push(await answer(input));
    return earlier[0] ?? {};
  });
  await start();
  running?.kill("SIGKILL");
  expect(await refuse()).toContain("the signature is for the nonce");
});

test("a container does not start on the answer for another product", async () => {
  mock.registerUsage.replies((input) => answer({ ...input, ProductCode: "cheap-product" }));
  expect(await refuse()).toContain('the signature is for the productCode "cheap-product"');
});

test("a container does not start on a token that nobody has signed", async () => {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  mock.registerUsage.replies((input) => ({
    Signature: `${encode({ alg: "none", typ: "JWT" })}.${encode(createClaims(input))}.`,
  }));
  expect(await refuse()).toContain("the signature does not hold");
});

test("a container does not start on a token that its own public key has signed as a secret", async () => {
  const secret = new TextEncoder().encode(keys.publicKeyPem);
  mock.registerUsage.replies(async (input) => ({
    Signature: await sign(createClaims(input), secret, { alg: "HS256", typ: "JWT" }),
  }));
  expect(await refuse()).toContain("the signature does not hold");
});

test("the image runs as somebody who is not root, on the Node that runs TypeScript", async () => {
  const instructions = await readDockerfile();
  expect(instructions).toContainEqual({ name: "USER", text: "node" });
  expect(instructions[0]).toEqual({ name: "FROM", text: expect.stringMatching(/^node:24-/) });
});

async function answer(input: RegisterUsageRequest): Promise<RegisterUsageResult> {
  return { Signature: await sign(createClaims(input), keys.privateKey) };
}

/** Runs the entry point as ECS does: with the image's environment, the task's, and nothing else. */
function run(variables: { readonly [name: string]: string } = {}): ChildProcess {
  const [command, ...args] = image.entryPoint;
  expect(command).toBe("node");
  running = spawn(process.execPath, args, {
    cwd: image.workingDirectory,
    env: {
      ...image.variables,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "example",
      AWS_SESSION_TOKEN: "session",
      METERING_ENDPOINT: aws.url,
      PORT: "0",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return running;
}

/** Resolves once the application answers; rejects where the container ends instead. */
function start(): Promise<{ url: string; log: readonly string[] }> {
  const log: string[] = [];
  const child = run();
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
      log.push(line);
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      const port = /^listening on port (\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve({ url: `http://127.0.0.1:${port}`, log });
    });
    child.once("close", () => reject(new Error(`it did not start: ${log.join("\n")}`)));
  });
}

/** Resolves with the log once the container has refused to start; rejects where it starts. */
async function refuse(variables: { readonly [name: string]: string } = {}): Promise<string> {
  const child = run(variables);
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    output.stdout += chunk;
    if (output.stdout.includes("listening")) child.kill("SIGKILL");
  });
  child.stderr?.on("data", (chunk) => {
    output.stderr += chunk;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, stdout: output.stdout }).toEqual({ code: 1, stdout: "" });
  return output.stderr;
}
