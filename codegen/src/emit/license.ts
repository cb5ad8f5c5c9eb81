import { readFileSync } from "node:fs";

/** The generator's own licence, which the generated packages share. */
export const licenseText: string = readFileSync(new URL("../../LICENSE", import.meta.url), "utf8");
