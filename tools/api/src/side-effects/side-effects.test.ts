import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { listEntryPoints } from "../entry-points.ts";
import { goldenPackage } from "../golden-package.ts";
import { createFolder } from "../installed-packages.ts";
import { copyWithoutPromise, findLeftovers } from "./leftovers.ts";
import { shakers } from "./shakers.ts";

const installed = inject("installed");
const specifiers = (await listEntryPoints(installed)).map(({ specifier }) => specifier);
/** What is bundled. The generator and the emulator are programs for Node: their manifests' promise has to do. */
const bundled = [
  ...specifiers.filter(
    (specifier) => !/^@pawprint\/(?:codegen|[\w-]+-emulator)(?:\/|$)/.test(specifier),
  ),
  goldenPackage,
  `${goldenPackage}/protocol`,
];
let withoutPromise: string;

beforeAll(async () => {
  withoutPromise = await createFolder("without-promise-");
  await copyWithoutPromise(installed.project, withoutPromise);
  return () => rm(withoutPromise, { recursive: true });
});

test("every package has a module to import", () => {
  const packages = specifiers.map((specifier) => specifier.split("/").slice(0, 2).join("/"));
  expect(new Set(packages)).toEqual(new Set(installed.tarballs.map(({ name }) => name)));
});

describe.each(Object.entries(shakers))("%s", (_, shake) => {
  test.each(specifiers)("leaves nothing of %s where nothing of it is used", async (specifier) => {
    expect(await findLeftovers(shake, specifier, installed.project)).toBe("");
  });

  test.each(bundled)("sees for itself that %s does nothing when imported", async (specifier) => {
    expect(await findLeftovers(shake, specifier, withoutPromise)).toBe("");
  });

  test("leaves code that does something when it is imported", async () => {
    const copy = await createFolder("with-effect-");
    onTestFinished(() => rm(copy, { recursive: true }));
    await cp(join(withoutPromise, "node_modules"), join(copy, "node_modules"), { recursive: true });
    const file = join(copy, "node_modules/@pawprint/runtime/dist/shared.js");
    await writeFile(file, `${await readFile(file, "utf8")}\nglobalThis.loaded = true;\n`);
    const leftovers = await findLeftovers(shake, "@pawprint/marketplace-metering-edge", copy);
    expect(leftovers).toMatch(/loaded/);
  });
});
