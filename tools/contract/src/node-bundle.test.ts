import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

// The command for bundles in the README of the Node package does what is said there.

const folder = fileURLToPath(new URL("../.test-results/node-bundle", import.meta.url));
const dist = join(folder, "dist");
const binaries = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));
const readme = readFileSync(
  new URL("../../../packages/marketplace-metering/node/README.md", import.meta.url),
  "utf8",
);
const [, command = ""] = /## In a bundle.+?```sh\n(.+?)```/s.exec(readme) ?? [];

/** Tells how a call ends that nobody answers. */
const program = `
  import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
  const client = new MarketplaceMetering({ endpoint: "http://127.0.0.1:1", maxAttempts: 1 });
  client.resolveCustomer({ RegistrationToken: "t" }).catch((error) => {
    console.log(error.name + ": " + error.message);
  });
`;

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "app.ts"), program);
  // npx would look for the folder's own esbuild.
  const env = { ...process.env, PATH: [binaries, process.env.PATH].join(delimiter) };
  await promisify(execFile)("sh", ["-c", command.replace("npx ", "")], { cwd: folder, env });
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the bundle with nothing in its environment but these variables. */
async function run(variables: { readonly [name: string]: string }): Promise<string> {
  const none = join(folder, "none");
  const env = {
    AWS_CONFIG_FILE: none,
    AWS_SHARED_CREDENTIALS_FILE: none,
    AWS_EC2_METADATA_DISABLED: "true",
    HOME: folder,
    ...variables,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [join(dist, "app.mjs")], { env });
  return stdout;
}

test("the credential chain is in files of its own, which a call does not read that has what it needs", async () => {
  const files = await readdir(dist);
  const texts = await Promise.all(files.map((file) => readFile(join(dist, file), "utf8")));
  const chain = files.filter((_, index) => texts[index]?.includes("AWS_EC2_METADATA_DISABLED"));
  expect(chain.length).toBeGreaterThan(0);
  expect(chain).not.toContain("app.mjs");
  await Promise.all(chain.map((file) => rm(join(dist, file))));
  const keys = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
  const output = await run({ ...keys, AWS_REGION: "us-east-1" });
  await Promise.all(
    chain.map((file) => writeFile(join(dist, file), texts[files.indexOf(file)] ?? "")),
  );
  expect(output).toMatch(/^ConnectionError: /);
});

test("the chain works in it, with profiles that take its CommonJS parts", async () => {
  const config = join(folder, "config");
  await writeFile(
    config,
    `[default]
region = us-east-1
sso_session = example
sso_account_id = 111122223333
sso_role_name = Metering
[sso-session example]
sso_region = us-east-1
sso_start_url = https://example.invalid/start
`,
  );
  const output = await run({ AWS_CONFIG_FILE: config });
  expect(output).toMatch(/^ConfigurationError: credentials: none could be had: .*SSO session/s);
});
