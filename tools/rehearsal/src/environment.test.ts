import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createEnvironment } from "./environment.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environment-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

test("nothing that says who we are comes along", () => {
  const environment = createEnvironment(folder, "http://127.0.0.1:1/", {
    PATH: "/bin",
    NODE_AUTH_TOKEN: "secret",
    NPM_CONFIG_PROVENANCE: "true",
    "npm_config_//registry.example.com/:_authToken": "secret",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "secret",
    GITHUB_TOKEN: "secret",
    AWS_SECRET_ACCESS_KEY: "secret",
    GIT_DIR: "/somewhere",
  });
  expect(Object.values(environment)).not.toContain("secret");
  expect(environment).not.toHaveProperty("NPM_CONFIG_PROVENANCE");
  expect(environment).not.toHaveProperty("GIT_DIR");
  expect(environment.PATH).toBe("/bin");
});

test("npm goes to the given registry, whatever else it is told by this machine", () => {
  const environment = createEnvironment(folder, "http://127.0.0.1:4873/", {
    ...process.env,
    NPM_CONFIG_REGISTRY: "https://registry.example.com/",
  });
  const options = { cwd: folder, env: environment, encoding: "utf8" } as const;
  expect(execFileSync("npm", ["config", "get", "registry"], options)).toBe(
    "http://127.0.0.1:4873/\n",
  );
});

test("proxies of this machine are left for others, not for the registry", () => {
  const environment = createEnvironment(folder, "http://127.0.0.1:1/", {
    HTTPS_PROXY: "http://proxy.example.com",
    no_proxy: "example.com",
  });
  expect(environment).toMatchObject({
    HTTPS_PROXY: "http://proxy.example.com",
    NO_PROXY: "127.0.0.1,localhost,example.com",
  });
});
