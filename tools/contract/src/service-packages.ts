import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HttpHandler, Transport } from "@pawprint/runtime";
import type { MockedOperation } from "@pawprint/runtime/mocks";

type AnyOperation = MockedOperation<object, object>;
type CreateTransport = (options: object) => Transport;

/** The packages of one service, as what tests of every operation have to know of them. */
export interface ServicePackages {
  readonly service: string;
  readonly operations: readonly AnyOperation[];
  /** A transport of each package over one HTTP handler. */
  readonly createTransports: (
    requestHandler: HttpHandler,
    endpoint?: string,
  ) => {
    readonly node: Transport;
    readonly edge: Transport;
  };
}

export type Platform = keyof ReturnType<ServicePackages["createTransports"]>;

const workspace = fileURLToPath(new URL("../../../packages/marketplace-metering", import.meta.url));
const golden = fileURLToPath(new URL("../../golden/packages/kitchen-sink", import.meta.url));
const generated = fileURLToPath(new URL("../.test-results/properties", import.meta.url));
const sampled = fileURLToPath(new URL("../.test-results/samples", import.meta.url));
const models = fileURLToPath(new URL("../../../models", import.meta.url));
const goldenModels = fileURLToPath(new URL("../../golden/model", import.meta.url));
const referenceModels = join(process.env.PAWPRINT_REFERENCE_DATA ?? "", "smithy-models");

/** The packages of a service, and the model that they were generated from. */
export interface SampledService {
  readonly service: string;
  readonly folder: string;
  readonly model: string;
}

/** Metering, the golden model, and what was generated before the tests. */
export function findSampledServices(): readonly SampledService[] {
  const found = [generated, sampled].flatMap((folder) =>
    globSync("*/core", { cwd: folder })
      .sort()
      .map((path) => ({
        service: dirname(path),
        folder: join(folder, dirname(path)),
        model: join(referenceModels, `${dirname(path)}.json`),
      })),
  );
  return [
    {
      service: "marketplace-metering",
      folder: workspace,
      model: join(models, "marketplace-metering.json"),
    },
    { service: "kitchen-sink", folder: golden, model: join(goldenModels, "kitchen-sink.json") },
    ...found,
  ];
}

/** Metering, the golden model, and what was generated before the tests. */
export async function loadServicePackages(): Promise<readonly ServicePackages[]> {
  const services = new Map([
    ["marketplace-metering", workspace],
    ["kitchen-sink", golden],
    ...globSync("*/core", { cwd: generated })
      .sort()
      .map((path) => [dirname(path), join(generated, dirname(path))] as const),
  ]);
  return Promise.all([...services].map(([service, folder]) => loadPackages(service, folder)));
}

async function loadPackages(service: string, folder: string): Promise<ServicePackages> {
  const load = async <T>(path: string): Promise<T> => import(/* @vite-ignore */ join(folder, path));
  const files = globSync("mocks/src/operations/*.ts", { cwd: folder }).sort();
  const modules = await Promise.all(
    files.map((file) => load<{ readonly [name: string]: AnyOperation }>(file)),
  );
  const node = await load<{ createTransport: CreateTransport }>("node/src/index.ts");
  const edge = await load<{ createTransport: CreateTransport }>("edge/src/index.ts");
  return {
    service,
    // A member that becomes a part of the host name is bound by more than its shape.
    operations: modules
      .flatMap((module) => Object.entries(module))
      .filter(([name]) => name.startsWith("mocked"))
      .map(([, mocked]) => mocked)
      .filter(({ operation }) => operation.hostPrefix === undefined),
    createTransports: (requestHandler, endpoint) => {
      const options = {
        region: "us-east-1",
        credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
        maxAttempts: 1,
        requestHandler,
        ...(endpoint !== undefined && { endpoint }),
      };
      return { node: node.createTransport(options), edge: edge.createTransport(options) };
    },
  };
}
