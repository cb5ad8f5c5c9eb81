import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackages } from "tools-tarballs";
import { checkPackages } from "./package-check.ts";
import { readTarball } from "./packed-package.ts";

/* Packs every package that is published, and tells what is wrong with what npm would get. */

const folder = await mkdtemp(join(tmpdir(), "pawprint-release-"));
try {
  const tarballs = await packPackages(folder);
  const packages = tarballs.map(({ file }, index) =>
    readTarball(file, join(folder, String(index))),
  );
  const problems = checkPackages(packages);
  for (const { manifest, files } of packages) {
    console.log(`${manifest.name} ${manifest.version}  ${files.length} files`);
  }
  for (const problem of problems) console.error(problem);
  if (packages.length === 0) console.error("no package is published");
  process.exitCode = problems.length === 0 && packages.length > 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
