import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { CustomerNotEntitledException } from "@pawprint/marketplace-metering-node";
import { serveHandlers } from "tools-local-service";
import { layOut } from "./local-image.ts";
import { createClaims, createSellerKeys, sign } from "./local-seller-keys.ts";

// Lays the image out and starts it three times, with mocks in place of AWS: a buyer who is entitled, one who
// is not, and one who answers in the place of AWS.
const mock = mockMarketplaceMetering();
const aws = await serveHandlers(mock.handlers);
const keys = createSellerKeys();
const root = await mkdtemp(join(tmpdir(), "example-container-"));
const image = await layOut(root);
await writeFile(join(image.workingDirectory, "product/public-key.pem"), keys.publicKeyPem);

mock.registerUsage.replies(async (input) => ({
  Signature: await sign(createClaims(input), keys.privateKey),
}));
await run("A buyer who is entitled");

mock.registerUsage.rejects(new CustomerNotEntitledException({ message: "not subscribed" }));
await run("A buyer who is not");

const forger = createSellerKeys();
mock.registerUsage.replies(async (input) => ({
  Signature: await sign(createClaims(input), forger.privateKey),
}));
await run("A buyer who answers in the place of AWS");

await rm(root, { recursive: true });
await aws.close();

/** Until the application listens, or the container ends. */
async function run(title: string): Promise<void> {
  console.log(`\n${title}:`);
  const child = spawn(process.execPath, image.entryPoint.slice(1), {
    cwd: image.workingDirectory,
    env: {
      ...image.variables,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "example",
      METERING_ENDPOINT: aws.url,
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.on("data", (chunk: Buffer) => {
    console.log(String(chunk).trim());
    child.kill("SIGTERM");
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  console.log(`exit code ${code}`);
}
