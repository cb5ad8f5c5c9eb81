import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackages } from "tools-tarballs";
import { measureProgram } from "./bundlers.ts";
import type { MeasuredBundle, MeasuredInstall } from "./figures.ts";
import { findInstalledPackages, type InstallSize, sumUp } from "./installed-packages.ts";
import { createPawprintProgram, packageNames, scopeNames } from "./pawprint-programs.ts";

/** The bundles that have budgets: ours. */
export async function measureBundles(): Promise<readonly MeasuredBundle[]> {
  const bundles: MeasuredBundle[] = [];
  for (const name of packageNames) {
    for (const scope of scopeNames) {
      const program = await measureProgram(createPawprintProgram(name, scope));
      bundles.push({ package: name, scope, program });
    }
  }
  return bundles;
}

const publishedPackages: { readonly [key: string]: string } = {
  edge: "@pawprint/marketplace-metering-edge",
  node: "@pawprint/marketplace-metering-node",
  core: "@pawprint/marketplace-metering",
  mocks: "@pawprint/marketplace-metering-mocks",
  emulator: "@pawprint/marketplace-metering-emulator",
  runtime: "@pawprint/runtime",
  codegen: "@pawprint/codegen",
};

/** The installations that have budgets: ours. */
export async function measureInstalls(): Promise<readonly MeasuredInstall[]> {
  const folder = await mkdtemp(join(tmpdir(), "size-"));
  try {
    const tarballs = await packPackages(folder);
    return await Promise.all(
      Object.entries(publishedPackages).map(async ([key, name]) => ({
        key,
        name,
        size: sumUp(await findInstalledPackages(name, tarballs)),
      })),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What other clients bring, and the credential chain, which Node brings along with ours. */
const otherPackages = [
  "@aws-sdk/client-marketplace-metering",
  "@aws-sdk/credential-provider-node",
  "aws-sdk",
  "@aws-lite/client",
  "aws4fetch",
];

export async function measureOtherInstalls(): Promise<ReadonlyMap<string, InstallSize>> {
  const sizes = otherPackages.map(
    async (name): Promise<[string, InstallSize]> => [
      name,
      sumUp(await findInstalledPackages(name, [])),
    ],
  );
  return new Map(await Promise.all(sizes));
}
