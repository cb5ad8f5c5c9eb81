import { readFile } from "node:fs/promises";
import type { Table } from "tools-performance-page/table";

const packages = [
  "@pawprint/marketplace-metering-node",
  "@aws-sdk/client-marketplace-metering",
  "aws-sdk",
  "@aws-lite/client",
  "aws4fetch",
];

/** Which versions were measured. */
export async function readVersions(): Promise<Table> {
  const rows = await Promise.all(
    packages.map(async (name) => {
      const manifest = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
      const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
      return [name, version];
    }),
  );
  return [["package", "version"], ...rows];
}
