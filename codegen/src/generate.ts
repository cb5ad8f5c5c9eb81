import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { emitCorePackage } from "./emit/core/core-package.ts";
import { emitEdgePackage } from "./emit/edge/edge-package.ts";
import { emitMocksPackage } from "./emit/mocks/mocks-package.ts";
import { emitNodePackage } from "./emit/node/node-package.ts";
import type { GeneratedPackage, PackageEmitter } from "./emit/package-plan.ts";
import { planPackages } from "./emit/package-plan.ts";
import type { Omission, Service } from "./ir/service.ts";
import { selectProtocol } from "./protocol/protocol.ts";
import { lowerService } from "./reader/lower.ts";
import { ModelError } from "./reader/model-error.ts";
import type { ModelFiles } from "./reader/read-model.ts";
import { displayPath, overlayEnding, readModel } from "./reader/read-model.ts";
import { version } from "./version.ts";
import type { Difference } from "./write/write-packages.ts";
import { comparePackages, writePackages } from "./write/write-packages.ts";

export interface GenerateOptions {
  readonly models: readonly ModelFiles[];
  /** Absolute: below it come `<service>/{core,node,edge,mocks}`. */
  readonly out: string;
  /** Write nothing, only compare. */
  readonly check: boolean;
  readonly onProgress?: (message: string) => void;
}

export interface Generation {
  readonly packages: readonly GeneratedPackage[];
  readonly differences: readonly Difference[];
  readonly omissions: readonly Omission[];
}

const emitters: readonly PackageEmitter[] = [
  emitCorePackage,
  emitNodePackage,
  emitEdgePackage,
  emitMocksPackage,
];

/** Models in, packages out. Everything is generated before anything is written. */
export async function generate(options: GenerateOptions): Promise<Generation> {
  const packages: GeneratedPackage[] = [];
  const omissions: Omission[] = [];
  for (const files of options.models) {
    options.onProgress?.(`reading ${displayPath(files.model)}`);
    const service = lowerService(await readModel(files));
    options.onProgress?.(`generating ${service.sdkId}`);
    packages.push(...emitPackages(service));
    omissions.push(...service.omissions);
  }
  checkDirectories(packages);
  options.onProgress?.(options.check ? "comparing" : "writing");
  const compare = options.check ? comparePackages : writePackages;
  return { packages, omissions, differences: await compare(options.out, packages) };
}

/** The four packages of a service. */
export function emitPackages(service: Service): readonly GeneratedPackage[] {
  const plan = planPackages(service, selectProtocol(service), version);
  return emitters.map((emit) => emit(plan));
}

/** Every model of a folder, files and folders, in the order of their names. */
export async function findModels(folder: string): Promise<readonly ModelFiles[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new ModelError(
      [displayPath(folder)],
      "there is no such folder; run the command where models/ is, or give `generate` a model with --model",
      { cause },
    );
  });
  const models = entries
    .filter((entry) => entry.isDirectory() || entry.name.endsWith(".json"))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith(".") && !name.endsWith(overlayEnding));
  if (models.length > 0) return models.sort().map((name) => ({ model: join(folder, name) }));
  throw new ModelError([displayPath(folder)], "the folder has no model");
}

function checkDirectories(packages: readonly GeneratedPackage[]): void {
  const seen = new Set<string>();
  for (const { directory } of packages) {
    if (seen.has(directory)) {
      throw new ModelError([directory], "two models have the same sdkId, and so the same packages");
    }
    seen.add(directory);
  }
}
