import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { InvalidTokenException } from "@pawprint/marketplace-metering";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { type LocalService, serveHandlers } from "tools-local-service";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

// Clients that npm does not have. They sign with botocore, and the mocks verify.

const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
const mock = mockMarketplaceMetering({ credentials: identity, region: "us-east-1" });
let service: LocalService;

beforeAll(async () => {
  service = await serveHandlers([...mock.handlers, mock.fallback]);
});
afterEach(() => mock.reset());
afterAll(() => service.close());

function isThere(command: string, args: readonly string[]): boolean {
  const isFound = spawnSync(command, args, { stdio: "ignore" }).status === 0;
  if (!isFound) console.warn(`Skipped: ${command} ${args.join(" ")} does not run on this machine.`);
  return isFound;
}

async function run(command: string, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: identity.accessKeyId,
    AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
    AWS_SESSION_TOKEN: "",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const { stdout } = await promisify(execFile)(command, args, { env });
  return stdout;
}

const program = `
import json, sys, datetime, boto3
from botocore.config import Config
from botocore.exceptions import ClientError

def client(secret):
    return boto3.client("meteringmarketplace", endpoint_url=sys.argv[1], aws_secret_access_key=secret,
        aws_access_key_id="AKIDEXAMPLE", config=Config(retries={"total_max_attempts": 1}))

metering = client("example")
when = datetime.datetime(2026, 7, 1, 10, tzinfo=datetime.timezone.utc)
record = {"Timestamp": when, "CustomerAWSAccountId": "111122223333", "Dimension": "users", "Quantity": 25}

def error(call):
    try:
        call()
    except ClientError as error:
        return [type(error).__name__, error.response["Error"]["Code"], error.response["Error"]["Message"]]

batch = metering.batch_meter_usage(ProductCode="product", UsageRecords=[record])
print(json.dumps({
    "batch": [batch["Results"][0]["Status"], batch["Results"][0]["UsageRecord"]["Timestamp"].isoformat()],
    "meter": metering.meter_usage(ProductCode="product", Timestamp=when, UsageDimension="users")["MeteringRecordId"],
    "register": metering.register_usage(ProductCode="product", PublicKeyVersion=1)["Signature"][:4],
    "token": error(lambda: metering.resolve_customer(RegistrationToken="token")),
    "secret": error(lambda: client("other").resolve_customer(RegistrationToken="token"))[:2],
}))
`;

describe.skipIf(!isThere("python3", ["-c", "import boto3"]))("boto3", () => {
  test("gets results and errors of the mocks as its own types", async () => {
    mock.resolveCustomer.rejects(new InvalidTokenException({ message: "no such token" }));
    expect(JSON.parse(await run("python3", ["-c", program, service.url]))).toEqual({
      batch: ["Success", expect.stringContaining("2026-07-01T")],
      meter: "4b0a7f0e-6a52-4d38-9c53-0d3a5f4f2c21",
      register: "eyJh",
      token: ["InvalidTokenException", "InvalidTokenException", "no such token"],
      secret: ["ClientError", "InvalidSignatureException"],
    });
    expect(mock.batchMeterUsage.calls[0]).toMatchObject({
      accessKeyId: "AKIDEXAMPLE",
      region: "us-east-1",
      attempt: 1,
      input: {
        ProductCode: "product",
        UsageRecords: [{ Timestamp: new Date("2026-07-01T10:00:00Z"), Quantity: 25 }],
      },
    });
  });
});

describe.skipIf(!isThere("aws", ["--version"]))("the AWS CLI", () => {
  const metering = (...args: readonly string[]): Promise<string> =>
    run("aws", ["meteringmarketplace", ...args, "--endpoint-url", service.url, "--output", "json"]);

  test("prints what the mock answers", async () => {
    mock.resolveCustomer.resolves({ CustomerAWSAccountId: "111122223333", ProductCode: "product" });
    const printed = await metering("resolve-customer", "--registration-token", "token");
    expect(JSON.parse(printed)).toEqual({
      CustomerAWSAccountId: "111122223333",
      ProductCode: "product",
    });
    expect(mock.resolveCustomer.calls[0]?.input).toEqual({ RegistrationToken: "token" });
  });

  test("fails with the error that the mock answers", async () => {
    mock.resolveCustomer.rejects(new InvalidTokenException({ message: "no such token" }));
    await expect(metering("resolve-customer", "--registration-token", "token")).rejects.toThrow(
      "An error occurred (InvalidTokenException) when calling the ResolveCustomer operation: no such token",
    );
  });
});
