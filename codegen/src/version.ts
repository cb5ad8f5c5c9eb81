import { readFileSync } from "node:fs";

const manifest: unknown = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

/** The generator's version, which is that of all packages: they are released together. */
export const version: string = (manifest as { readonly version: string }).version;
