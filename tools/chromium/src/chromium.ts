import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";

/** What to do on a machine without Chromium, for notices. */
export const chromiumAdvice: string =
  "install Chromium (on Debian and Ubuntu: apt-get install chromium), or set CHROMIUM_PATH";

/** A real Chromium of this machine, or nothing: npm has none. `CHROMIUM_PATH` goes first. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM_PATH, PATH = "" } = environment;
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = PATH.split(delimiter);
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [CHROMIUM_PATH, ...installed].find((path) => path !== undefined && existsSync(path));
}

export interface Chromium {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export interface ChromiumOptions extends BrowserContextOptions {
  /** Milliseconds until it has to be there. */
  readonly timeout?: number;
}

/** Starts it with a fresh profile, without a window. It calls nobody but the pages that it opens. */
export async function startChromium(
  executablePath: string,
  options: ChromiumOptions = {},
): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), "chromium-"));
  const removeProfile = (): Promise<void> =>
    rm(profile, { recursive: true, force: true, maxRetries: 5 });
  try {
    const context = await chromium.launchPersistentContext(profile, {
      ...options,
      executablePath,
      headless: true,
      args: [
        // As root, which containers mostly are, Chromium has no sandbox.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    });
    const close = async (): Promise<void> => {
      await context.close().finally(removeProfile);
    };
    return { context, close };
  } catch (error) {
    await removeProfile();
    throw error;
  }
}
