import { fileURLToPath } from "node:url";
import { chromiumAdvice, findChromium, startChromium } from "tools-chromium";
import { preview } from "vite";

// Takes the pictures in `docs/images`: a call that is throttled twice, in light and in dark.
const executable = findChromium();
if (executable === undefined) throw new Error(chromiumAdvice);

const root = fileURLToPath(new URL("..", import.meta.url));
const server = await preview({ root, preview: { port: 0, host: "127.0.0.1" } });
const [url = ""] = server.resolvedUrls?.local ?? [];
for (const colorScheme of ["light", "dark"] as const) {
  const browser = await startChromium(executable, {
    colorScheme,
    viewport: { width: 1240, height: 1040 },
  });
  const page = await browser.context.newPage();
  await page.goto(url);
  await page.getByRole("radio", { name: "throttles twice" }).check();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Answered in").waitFor();
  const name = colorScheme === "light" ? "browser-console.png" : "browser-console-dark.png";
  const path = fileURLToPath(new URL(`../../../docs/images/${name}`, import.meta.url));
  await page.screenshot({ path });
  await browser.close();
}
await server.close();
