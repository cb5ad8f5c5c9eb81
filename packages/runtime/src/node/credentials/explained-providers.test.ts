import type { Logger } from "@smithy/types";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { explainCredentials, explainRegion } from "./explained-providers.ts";

beforeEach(() => {
  const names = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
  for (const name of names) vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", "/nowhere");
  return () => vi.unstubAllEnvs();
});

const identity = { accessKeyId: "AKID", secretAccessKey: "open-sesame" };

describe("explainCredentials", () => {
  it("gives what the chain gives, and notes that what has no source is of the instance", async () => {
    const known = { ...identity, $source: { CREDENTIALS_HTTP: "z" } } as const;
    expect(await explainCredentials(() => async () => known)()).toBe(known);
    expect(await explainCredentials(() => async () => identity)()).toEqual({
      ...identity,
      $source: { CREDENTIALS_IMDS: "0" },
    });
  });

  it("still says what can be seen where a chain logs nothing that is known", async () => {
    const cause = new Error("nothing here");
    const provider = explainCredentials(() => () => Promise.reject(cause));
    const error: unknown = await provider().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ cause });
    expect(String(error)).toContain(
      "environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
    );
    expect(String(error)).toContain("instance metadata at http://169.254.169.254: nothing here");
  });

  it("forgets what the chain logged before", async () => {
    const create =
      ({ logger }: { readonly logger: Logger }) =>
      () => {
        logger.debug("@aws-sdk/credential-provider-node - defaultProvider::fromTokenFile");
        return Promise.reject(new Error("no token"));
      };
    const provider = explainCredentials(create);
    const [first, second] = [await provider().catch(String), await provider().catch(String)];
    expect(second).toBe(first);
  });
});

describe("explainRegion", () => {
  it("gives the Region, or says where it looked", async () => {
    expect(await explainRegion(async () => "eu-west-1")()).toBe("eu-west-1");
    const failing = explainRegion(() => Promise.reject(new Error("Region is missing")));
    await expect(failing()).rejects.toThrow(
      "Region is missing: AWS_REGION is not set, and neither /nowhere/.aws/config nor /nowhere/.aws/credentials exists",
    );
  });
});
