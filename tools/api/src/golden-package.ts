import { spawnSync } from "node:child_process";
import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const golden = fileURLToPath(new URL("../../golden/packages/kitchen-sink/core", import.meta.url));

/** The core of the golden model, which has a declaration of every kind that the generator makes. */
export const goldenPackage = "@pawprint/kitchen-sink";

/** Compiles the core of the golden model, as a release does, into a project that has the runtime. */
export async function installGoldenPackage(project: string): Promise<void> {
  const folder = join(project, "node_modules", goldenPackage);
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const tsc = join(dirname(manifest), "bin", "tsc");
  const options = ["--outDir", join(folder, "dist"), "--composite", "false"];
  const args = [tsc, "-p", golden, ...options, "--declaration", "--tsBuildInfoFile", "null"];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The golden package does not compile:\n${stdout}`);
  await cp(join(golden, "package.json"), join(folder, "package.json"));
}
