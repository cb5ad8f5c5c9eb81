import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, license, now, seed } from "./example.test-market.ts";
import { type MeteringServer, serveMeteringEmulator } from "./server/metering-server.ts";

const execute = promisify(execFile);
// Nothing of the person who runs the tests may decide what the clients do.
const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  execute(command, args, {
    env: { ...process.env, AWS_CONFIG_FILE: "/dev/null", AWS_PAGER: "", ...env },
  });
const boto3Program = fileURLToPath(new URL("./python-clients.test-boto3.py", import.meta.url));
const succeeds = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;
const hasBoto3 = succeeds("python3", "-c", "import boto3");
const hasCli = succeeds("aws", "--version");
if (!hasBoto3) console.warn("SKIPPED: boto3 is not installed (pip install boto3).");
if (!hasCli) console.warn("SKIPPED: the AWS CLI is not installed (pip install awscli).");

let server: MeteringServer;
beforeEach(async () => {
  server = await serveMeteringEmulator({ seed, startTime: now });
});
afterEach(() => server.close());

describe.skipIf(!hasBoto3)("boto3", () => {
  test("gets over a fault, the results of all four operations, and its own classes of errors", async () => {
    // The first call is the one that may be tried again.
    server.emulator.faults.set([{ kind: "internalError", times: 1 }]);
    const { stdout } = await run("python3", [boto3Program, server.url, now]);
    const lines = stdout.trim().split("\n");
    const error = (call: string, name: string) => ({ call, class: name, code: name });
    const output = (call: string, content: object) => ({ call, attempts: 1, output: content });
    const found = { ProductCode: "older", CustomerAWSAccountId: acme };
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { call: "retried", attempts: 2, output: found },
      output("batch", {
        Results: [
          { Status: "Success", UsageRecord: { Timestamp: "2026-07-15T09:30:00+00:00" } },
          { Status: "DuplicateRecord" },
          { Status: "CustomerNotSubscribed" },
        ],
        UnprocessedRecords: [],
      }),
      output("meter", { MeteringRecordId: expect.any(String) }),
      error("meter again", "DuplicateRequestException"),
      output("register", { Signature: expect.stringMatching(/^ey[\w-]+\.ey[\w-]+\.[\w-]+$/) }),
      error("register on EC2", "PlatformNotSupportedException"),
      output("resolve", { ProductCode: "newer", LicenseArn: license }),
      error("resolve forged", "InvalidTokenException"),
      error("unknown product", "InvalidProductCodeException"),
    ]);
  });
});

describe.skipIf(!hasCli)("the AWS CLI", () => {
  const aws = (...args: readonly string[]) =>
    run("aws", ["meteringmarketplace", ...args, "--endpoint-url", server.url], {
      AWS_ACCESS_KEY_ID: "SELLER",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_MAX_ATTEMPTS: "1",
    });

  test("meters a batch and finds a customer", async () => {
    const records = [
      { Timestamp: now, CustomerIdentifier: "acme", Dimension: "users", Quantity: 1 },
    ];
    const batch = await aws(
      "batch-meter-usage",
      "--product-code",
      "older",
      "--usage-records",
      JSON.stringify(records),
    );
    expect(JSON.parse(batch.stdout)).toMatchObject({ Results: [{ Status: "Success" }] });
    const customer = await aws("resolve-customer", "--registration-token", "token-newer");
    expect(JSON.parse(customer.stdout)).toMatchObject({
      ProductCode: "newer",
      CustomerAWSAccountId: acme,
    });
  });

  test("says which error the service has", async () => {
    await expect(aws("resolve-customer", "--registration-token", "forged")).rejects.toThrow(
      "An error occurred (InvalidTokenException) when calling the ResolveCustomer operation",
    );
  });
});
