import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromiumAdvice, findChromium, startChromium } from "tools-chromium";
import { serveBusyDay } from "./busy-day.test-market.ts";

// Takes the pictures in `docs/images`: the page after a busy day, in light and in dark.
const executable = findChromium();
if (executable === undefined) throw new Error(chromiumAdvice);

const images = fileURLToPath(new URL("../../../../docs/images/", import.meta.url));
await mkdir(images, { recursive: true });
const server = await serveBusyDay();
for (const colorScheme of ["light", "dark"] as const) {
  const browser = await startChromium(executable, {
    colorScheme,
    viewport: { width: 1240, height: 900 },
  });
  const page = await browser.context.newPage();
  await page.goto(server.url);
  await page.locator("main[aria-busy=false]").waitFor();
  const name = colorScheme === "light" ? "emulator.png" : "emulator-dark.png";
  await page.screenshot({ path: `${images}${name}`, fullPage: true });
  await browser.close();
}
await server.close();
