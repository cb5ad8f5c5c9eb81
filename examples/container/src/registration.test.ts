import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import {
  CustomerNotEntitledException,
  DisabledApiException,
  InternalServiceErrorException,
  InvalidProductCodeException,
  InvalidPublicKeyVersionException,
  InvalidRegionException,
  MarketplaceMetering,
  PlatformNotSupportedException,
  type RegisterUsageRequest,
  type RegisterUsageResult,
} from "@pawprint/marketplace-metering-node";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createClaims, createSellerKeys, sign } from "./local-seller-keys.ts";
import { type RegistrationOptions, register } from "./registration.ts";

const mock = mockMarketplaceMetering();
const server = setupServer(...mock.handlers);
const keys = createSellerKeys();
const warnings: string[] = [];
const day = 86_400_000;
const options: RegistrationOptions = {
  metering: new MarketplaceMetering({
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  }),
  product: { productCode: "example-product", publicKeyVersion: 1, publicKey: keys.publicKey },
  patience: 60_000,
  keyGracePeriod: 30 * day,
  warn: (message) => warnings.push(message),
};

beforeAll(() => server.listen());
afterAll(() => server.close());
beforeEach(() => {
  mock.reset();
  mock.registerUsage.replies((input) => answer(input));
  warnings.length = 0;
});

test("a signed answer registers the container", async () => {
  await register(options);
  expect(warnings).toEqual([]);
});

test.each([
  new CustomerNotEntitledException({ message: "not subscribed" }),
  new PlatformNotSupportedException({ message: "neither ECS nor EKS" }),
  new InvalidRegionException({ message: "another Region" }),
  new InvalidProductCodeException({ message: "no such product" }),
  new InvalidPublicKeyVersionException({ message: "no such version" }),
  new DisabledApiException({ message: "disabled" }),
])("$name is final", async (error) => {
  mock.registerUsage.rejects(error);
  await expect(register(options)).rejects.toThrow(`${error.name}: ${error.message}`);
  expect(mock.registerUsage.calls).toHaveLength(1);
});

test("a service that is busy is asked until it answers", async () => {
  for (let count = 0; count < 4; count += 1) {
    mock.registerUsage.rejectsOnce(new InternalServiceErrorException({ message: "busy" }));
  }
  await register(options);
  expect(warnings.join()).toContain("InternalServiceErrorException: busy; trying again");
  expect(mock.registerUsage.calls).toHaveLength(5);
});

test("a service that does not answer is given up when patience ends", async () => {
  mock.registerUsage.replies(() => new Promise(() => {}));
  const registered = register({ ...options, patience: 50 });
  await expect(registered).rejects.toThrow("TimeoutError");
});

test("an answer without a signature is refused", async () => {
  mock.registerUsage.resolves({});
  await expect(register(options)).rejects.toThrow("the answer has no signature");
});

test("a key that was replaced lately is a warning", async () => {
  mock.registerUsage.replies((input) => answer(input, 29));
  await register(options);
  expect(warnings.join()).toContain("pull a newer image");
});

test("a key that was replaced long ago is refused", async () => {
  mock.registerUsage.replies((input) => answer(input, 31));
  await expect(register(options)).rejects.toThrow("pull a newer image");
});

async function answer(
  input: RegisterUsageRequest,
  daysSinceRotation?: number,
): Promise<RegisterUsageResult> {
  const Signature = await sign(createClaims(input), keys.privateKey);
  if (daysSinceRotation === undefined) return { Signature };
  return {
    Signature,
    PublicKeyRotationTimestamp: new Date(Date.now() - daysSinceRotation * day),
  };
}
