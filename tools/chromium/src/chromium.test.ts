import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { chromiumAdvice, findChromium, startChromium } from "./chromium.ts";

/** A folder with files of these names. */
async function createFolder(...names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "find-chromium-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of names) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), "");
  }
  return folder;
}

test("finds Chromium in any folder of the PATH, before other browsers", async () => {
  const folder = await createFolder("a/google-chrome", "b/chromium");
  const PATH = ["none", "a", "b"].map((name) => join(folder, name)).join(delimiter);
  expect(findChromium({ PATH })).toBe(join(folder, "b/chromium"));
  expect(findChromium({ PATH: join(folder, "a") })).toBe(join(folder, "a/google-chrome"));
});

test("takes the one that CHROMIUM_PATH names, if it is there", async () => {
  const folder = await createFolder("chromium", "mine");
  const find = (name: string) => findChromium({ PATH: folder, CHROMIUM_PATH: join(folder, name) });
  expect(find("mine")).toBe(join(folder, "mine"));
  expect(find("gone")).toBe(join(folder, "chromium"));
});

test("finds nothing where there is nothing", () => {
  expect(findChromium({})).toBeUndefined();
});

const executable = findChromium();
if (executable === undefined) console.warn(`SKIPPED, start Chromium: ${chromiumAdvice}.`);

test.skipIf(executable === undefined)(
  "starts it with a profile that is gone afterwards",
  async () => {
    const { context, close } = await startChromium(executable ?? "");
    const page = await context.newPage();
    await page.goto("chrome://version");
    const profile = (await page.textContent("#profile_path")) ?? "";
    expect(existsSync(profile)).toBe(true);
    await close();
    expect(existsSync(profile)).toBe(false);
  },
);

test("leaves nothing behind where what it should start is no browser", async () => {
  const folder = await createFolder("chromium", "tmp/none");
  vi.stubEnv("TMPDIR", join(folder, "tmp"));
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(startChromium(join(folder, "chromium"), { timeout: 5_000 })).rejects.toThrow();
  expect(await readdir(join(folder, "tmp"))).toEqual(["none"]);
});
