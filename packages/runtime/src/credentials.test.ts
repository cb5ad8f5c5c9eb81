import type { AwsCredentialIdentity } from "@smithy/types";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { cacheCredentials, namedProvider } from "./credentials.ts";
import { ConfigurationError } from "./errors.ts";

const minute = 60 * 1000;

/** Credentials that are told apart by their number, and hold for some minutes. */
function identity(number: number, minutes?: number): AwsCredentialIdentity {
  return {
    accessKeyId: `AKID${number}`,
    secretAccessKey: "secret",
    ...(minutes !== undefined && { expiration: new Date(Date.now() + minutes * minute) }),
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-07-01T10:00:00Z") });
  return () => vi.useRealTimers();
});

describe("cacheCredentials", () => {
  it("asks once for all calls at a time, and again for none that follows", async () => {
    const provider = vi.fn(async () => identity(1));
    const cached = cacheCredentials(provider);
    const given = await Promise.all(Array.from({ length: 20 }, () => cached()));
    expect(new Set(given)).toHaveProperty("size", 1);
    vi.advanceTimersByTime(365 * 24 * 60 * minute);
    await cached();
    expect(provider).toHaveBeenCalledTimes(1);
  });

  it("asks for nothing before the first call", () => {
    const provider = vi.fn(async () => identity(1));
    cacheCredentials(provider);
    expect(provider).not.toHaveBeenCalled();
  });

  it("asks again 5 minutes before what it has expires, once for all calls", async () => {
    const provider = vi.fn<() => Promise<AwsCredentialIdentity>>();
    provider.mockImplementation(async () => identity(provider.mock.calls.length, 60));
    const cached = cacheCredentials(provider);
    await cached();
    vi.advanceTimersByTime(55 * minute);
    expect(await cached()).toMatchObject({ accessKeyId: "AKID1" });
    vi.advanceTimersByTime(1);
    const given = await Promise.all([cached(), cached(), cached()]);
    expect(given.map(({ accessKeyId }) => accessKeyId)).toEqual(["AKID2", "AKID2", "AKID2"]);
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it("uses what it has while that holds and no new credentials come", async () => {
    const provider = vi.fn<() => Promise<AwsCredentialIdentity>>();
    provider.mockResolvedValueOnce(identity(1, 60)).mockRejectedValue(new Error("no metadata"));
    const cached = cacheCredentials(provider);
    await cached();
    vi.advanceTimersByTime(58 * minute);
    expect(await cached()).toMatchObject({ accessKeyId: "AKID1" });
    vi.advanceTimersByTime(2 * minute + 1);
    await expect(cached()).rejects.toThrow("no metadata");
    provider.mockResolvedValueOnce(identity(2, 60));
    expect(await cached()).toMatchObject({ accessKeyId: "AKID2" });
  });

  it("asks again after a failure, which all calls at the time get", async () => {
    const provider = vi.fn<() => Promise<AwsCredentialIdentity>>();
    provider.mockRejectedValueOnce(new Error("not yet")).mockResolvedValue(identity(1));
    const cached = cacheCredentials(provider);
    const results = await Promise.allSettled([cached(), cached()]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(provider).toHaveBeenCalledTimes(1);
    expect(await cached()).toMatchObject({ accessKeyId: "AKID1" });
  });

  it("asks again after a provider threw instead of rejecting", async () => {
    const provider = vi.fn<() => Promise<AwsCredentialIdentity>>();
    provider.mockImplementationOnce(() => {
      throw new Error("not yet");
    });
    provider.mockResolvedValue(identity(1));
    const cached = cacheCredentials(provider);
    await expect(cached()).rejects.toThrow("not yet");
    expect(await cached()).toMatchObject({ accessKeyId: "AKID1" });
  });

  it("takes what it has where a provider throws instead of rejecting, and asks again", async () => {
    const provider = vi.fn<() => Promise<AwsCredentialIdentity>>();
    provider.mockResolvedValueOnce(identity(1, 4));
    provider.mockImplementationOnce(() => {
      throw new Error("not yet");
    });
    provider.mockResolvedValue(identity(2, 60));
    const cached = cacheCredentials(provider);
    await cached();
    expect(await cached()).toMatchObject({ accessKeyId: "AKID1" });
    expect(await cached()).toMatchObject({ accessKeyId: "AKID2" });
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["an empty object", {}],
    ["no secret", { accessKeyId: "AKID" }],
    ["an empty secret", { accessKeyId: "AKID", secretAccessKey: "" }],
    ["a function", async () => identity(1)],
  ])("refuses %s instead of credentials, and asks again", async (_name, given) => {
    const provider = vi.fn<() => Promise<AwsCredentialIdentity>>();
    provider.mockResolvedValueOnce(given as never).mockResolvedValue(identity(2));
    const cached = cacheCredentials(provider);
    await expect(cached()).rejects.toThrow(
      "the provider gave no object with accessKeyId and secretAccessKey",
    );
    expect(await cached()).toMatchObject({ accessKeyId: "AKID2" });
  });

  it.each(["2026-07-01T10:00:00Z", 1782900000, null, new Date("soon")])(
    "refuses credentials whose expiration is %s",
    async (expiration) => {
      const provider = async () => ({ ...identity(1), expiration: expiration as Date });
      await expect(cacheCredentials(provider)()).rejects.toThrow(
        "the provider gave an expiration that is no valid Date",
      );
    },
  );
});

describe("namedProvider", () => {
  it("gives what the provider gives", async () => {
    expect(await namedProvider("region", async () => "eu-west-1")()).toBe("eu-west-1");
  });

  it.each([
    [new Error("no profile"), "no profile"],
    ["no profile", "no profile"],
    [undefined, "undefined"],
    [Object.create(null), "an object that is no error"],
    [{ message: "no profile" }, "no profile"],
  ])("makes a ConfigurationError of a failure, with its cause", async (cause, reason) => {
    const failing = namedProvider("credentials", () => Promise.reject(cause));
    const error: unknown = await failing().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: `credentials: none could be had: ${reason}`, cause });
  });
});
