import { describe, expect, it } from "vitest";
import { ConfigurationError } from "./errors.ts";
import { checkOptions, edgeChecks } from "./options.ts";

const check = (options: object): void => checkOptions(options, edgeChecks);

describe("checkOptions", () => {
  it.each([
    {},
    { region: undefined, fetch: undefined },
    { region: "us-east-1" },
    { region: async () => "us-east-1" },
    { credentials: { accessKeyId: "AKID", secretAccessKey: "secret" } },
    { credentials: async () => ({}) },
    { endpoint: "https://example.com" },
    { endpoint: "HTTP://[::1]:8080/path?a=b" },
    { maxAttempts: 1 },
    { requestTimeout: 0 },
    { requestTimeout: 1.5 },
    { requestHandler: { handle: () => {} } },
    { retryStrategy: { acquireInitialRetryToken: () => {} } },
    { logger: console },
    { interceptors: [] },
    { useDualstackEndpoint: true, useFipsEndpoint: false, validate: false },
    { userAgentAppId: "a".repeat(50) },
    { fetch: () => {} },
  ])("lets what can be pass: %j", (options) => {
    expect(() => check(options)).not.toThrow();
  });

  it.each([
    [
      "region",
      "us east 1",
      'region: must be an AWS Region such as us-east-1, or a function that gives one, not "us east 1"',
    ],
    ["region", "example.com/", "region: must be an AWS Region"],
    ["region", "", "region: must be an AWS Region"],
    [
      "region",
      null,
      "region: must be an AWS Region such as us-east-1, or a function that gives one",
    ],
    ["region", 1, "not 1"],
    ["credentials", {}, "credentials: must be an object with accessKeyId and secretAccessKey"],
    ["credentials", null, "credentials: must be"],
    ["credentials", { accessKeyId: "AKID", secretAccessKey: "" }, "credentials: must be"],
    ["endpoint", "example.com", "endpoint: must be a URL such as https://example.com"],
    ["endpoint", "ftp://example.com", "endpoint: must be"],
    ["endpoint", "https://", "endpoint: must be"],
    ["endpoint", new URL("https://example.com"), "endpoint: must be"],
    ["endpoint", "https://", "endpoint: must be"],
    [
      "endpoint",
      "https://example.com/#part",
      "endpoint: must be a URL such as https://example.com, without user name and #",
    ],
    ["credentials", { accessKeyId: "AKID" }, "credentials: must be"],
    [
      "credentials",
      { accessKeyId: "AKID", secretAccessKey: "s", sessionToken: 1 },
      "credentials: must be",
    ],
    ["interceptors", [null], "interceptors: must be an array of objects"],
    ["maxAttempts", Number.NaN, "not NaN"],
    ["maxAttempts", 0, "maxAttempts: must be a whole number from 1, not 0"],
    ["maxAttempts", 1.5, "not 1.5"],
    ["maxAttempts", "3", 'not "3"'],
    ["maxAttempts", 3n, "maxAttempts: must be a whole number from 1, not 3"],
    ["requestTimeout", -1, "requestTimeout: must be a number of milliseconds from 0, not -1"],
    ["requestTimeout", Number.NaN, "not NaN"],
    ["requestTimeout", Number.POSITIVE_INFINITY, "not Infinity"],
    ["requestHandler", {}, "requestHandler: must be an HTTP handler with a method handle"],
    ["retryStrategy", { retry: () => {} }, "retryStrategy: must be a retry strategy of version 2"],
    ["logger", { log: () => {} }, "logger: must be an object with methods debug and warn"],
    ["logger", { debug: () => {} }, "logger: must be"],
    ["logger", () => {}, "logger: must be an object with methods debug and warn, not function"],
    ["interceptors", {}, "interceptors: must be an array"],
    ["useDualstackEndpoint", "true", 'useDualstackEndpoint: must be true or false, not "true"'],
    ["useFipsEndpoint", 1, "useFipsEndpoint: must be true or false, not 1"],
    ["validate", null, "validate: must be true or false"],
    ["userAgentAppId", "a".repeat(51), "userAgentAppId: must be a string of at most 50 characters"],
    ["fetch", "fetch", 'fetch: must be a function, not "fetch"'],
    ["fetch", Symbol("fetch"), "fetch: must be a function, not symbol"],
  ])("names %s where it cannot be (%o)", (name, value, message) => {
    expect(() => check({ [name]: value })).toThrow(ConfigurationError);
    expect(() => check({ [name]: value })).toThrow(message);
  });

  it.each([
    "wJalrXUtnFEMI",
    1234,
    Object.create(null),
    ["wJalrXUtnFEMI"],
    { secret: "wJalrXUtnFEMI" },
  ])("prints nothing of credentials that cannot be", (credentials) => {
    expect(() => check({ credentials })).toThrow(
      /^credentials: must be an object with accessKeyId and secretAccessKey, or a function that gives one$/,
    );
  });

  it.each(["https://user:wJalrXUtnFEMI@example.com", "https://wJalrXUtnFEMI@example.com"])(
    "prints nothing of an endpoint that has a user name",
    (endpoint) => {
      expect(() => check({ endpoint })).toThrow(
        /^endpoint: must be a URL such as https:\/\/example\.com, without user name and #$/,
      );
    },
  );

  it.each([undefined, null, "us-east-1", 1])("asks for an object: %s", (options) => {
    expect(() => check(options as never)).toThrow("options: must be an object");
  });

  it("names an option that does not exist, and those that do", () => {
    expect(() => check({ regoin: "us-east-1" })).toThrow(
      /^regoin: there is no such option; there are region, credentials, .*, fetch$/,
    );
    expect(() => check({ connectionTimeout: 1 })).toThrow(
      "connectionTimeout: there is no such option",
    );
    expect(() => check({ constructor: 1 })).toThrow("constructor: there is no such option");
  });
});
