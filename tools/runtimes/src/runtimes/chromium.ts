import { readFile } from "node:fs/promises";
import { type Chromium, chromiumAdvice, findChromium, startChromium } from "tools-chromium";
import { readVersion } from "../engines.ts";
import type { Result } from "../program/result.ts";
import { type Program, type Runtime, RuntimeFailure, readResults } from "../runtime.ts";

/** A browser comes from the machine: npm has none. */
export const chromium: Runtime = {
  name: "Chromium",
  ways: [{ platform: "edge", loading: "bundle" }],
  entry: "globalThis.runProgram = run;",
  find: async () => {
    const binary = findChromium();
    if (binary === undefined) return { missing: `it is not on this machine: ${chromiumAdvice}` };
    return {
      version: await readVersion(binary),
      run: (program) => openPage(binary, program),
    };
  },
};

async function openPage(binary: string, program: Program): Promise<readonly Result[]> {
  const browser = await startChromium(binary, { timeout: program.deadline });
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    clock = setTimeout(
      () => reject(new RuntimeFailure(`did not end within ${program.deadline / 1000} s`)),
      program.deadline,
    );
  });
  try {
    return await Promise.race([runInPage(browser, program), late]);
  } finally {
    clearTimeout(clock);
    await browser.close();
  }
}

async function runInPage(
  { context }: Chromium,
  { file, bench }: Program,
): Promise<readonly Result[]> {
  const page = await context.newPage();
  try {
    await page.goto(`${bench}/page`);
    await page.addScriptTag({ type: "module", content: await readFile(file, "utf8") });
    await page.waitForFunction("globalThis.runProgram !== undefined");
    const results: unknown = await page.evaluate(
      `runProgram(${JSON.stringify(bench)}).then((results) => JSON.stringify(results))`,
    );
    return readResults(String(results));
  } catch (cause) {
    if (cause instanceof RuntimeFailure) throw cause;
    throw new RuntimeFailure(String(cause), { cause });
  }
}
