import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";

/** A real Chromium of this machine, or nothing. `CHROMIUM_PATH` goes first. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH, PATH = "" } = process.env;
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const installed = PATH.split(":").flatMap((folder) => names.map((name) => join(folder, name)));
  return [CHROMIUM_PATH, ...installed].find((path) => path !== undefined && existsSync(path));
}

export interface Chromium {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** Starts it with a fresh profile, without a window. */
export async function startChromium(
  executablePath: string,
  options: BrowserContextOptions = {},
): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), "emulator-page-"));
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
