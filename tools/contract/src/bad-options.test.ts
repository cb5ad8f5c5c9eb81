import { isConfigurationError } from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { MarketplaceMetering as NodeMetering } from "@pawprint/marketplace-metering-node";
import { describe, expect, test } from "vitest";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };

const platforms = [
  { name: "node", Client: NodeMetering, unknown: ["fetch", () => {}] },
  { name: "edge", Client: EdgeMetering, unknown: ["connectionTimeout", 1] },
] as const;

describe.each(platforms)("the $name client says at once what is wrong", ({ Client, unknown }) => {
  test.each([
    ["region", "us east 1", "an AWS Region such as us-east-1"],
    ["endpoint", "example.com", "a URL such as https://example.com"],
    ["requestTimeout", -1, "a number of milliseconds from 0, not -1"],
    ["requestTimeout", Number.NaN, "a number of milliseconds from 0, not NaN"],
    ["credentials", { accessKeyId: "AKIDEXAMPLE" }, "accessKeyId and secretAccessKey"],
    ["maxAttempts", "3", 'a whole number from 1, not "3"'],
    ["regoin", "us-east-1", "there is no such option; there are region, credentials"],
    [...unknown, "there is no such option"],
  ])("with %s: %s", (option, value, right) => {
    const create = () => new Client({ region: "us-east-1", credentials, [option]: value });
    expect(create).toThrow(right);
    expect(create).toThrow(new RegExp(`^${option}: `));
    expect(create).toThrow(expect.toSatisfy(isConfigurationError));
  });
});
