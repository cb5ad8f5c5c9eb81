// What users write with the node package and the generator. Compiled, not run.
import { Agent } from "node:https";
import {
  type Difference,
  type GenerateOptions,
  type Generation,
  generate,
  ModelError,
} from "@pawprint/codegen";
import {
  createTransport,
  isRegisterUsageError,
  MarketplaceMetering,
  type MarketplaceMeteringOptions,
  NodeHttpHandler,
  registerUsage,
} from "@pawprint/marketplace-metering-node";
import type * as node from "@pawprint/runtime/node";

export type Modules = [typeof node];

const metering = new MarketplaceMetering({ region: "us-east-1" });
const { CustomerIdentifier, $metadata } = await metering.resolveCustomer({
  RegistrationToken: "token",
});
export const customer: string | undefined = CustomerIdentifier ?? $metadata.requestId;

export const options: MarketplaceMeteringOptions = {
  connectionTimeout: 1_000,
  requestHandler: new NodeHttpHandler(),
  logger: console,
};
const input = { ProductCode: "example-product", PublicKeyVersion: 1 };
export const rotation: Date | undefined = (
  await registerUsage(createTransport(), input, { abortSignal: AbortSignal.timeout(1_000) })
).PublicKeyRotationTimestamp;

export function explain(error: unknown): string {
  return isRegisterUsageError(error) ? error.name : String(error);
}

const generateOptions: GenerateOptions = { models: [], out: "packages", check: true };
const generation: Generation = await generate(generateOptions);
export const differences: readonly Difference[] = generation.differences;
export const isModelError = (error: unknown): boolean => error instanceof ModelError;
export { Agent };
