import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromiumAdvice, findChromium, startChromium } from "tools-chromium";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const executable = findChromium();
if (executable === undefined) console.warn(`SKIPPED, mocks in a page: ${chromiumAdvice}.`);

let server: Server;
let url = "";

/** Serves the page, its program and msw's service worker. */
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("browser.test-page.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  const worker = createRequire(import.meta.url).resolve("msw/mockServiceWorker.js");
  const files = new Map([
    ["/", ["text/html", '<!doctype html><script type="module" src="/page.js"></script>']],
    ["/page.js", ["text/javascript", outputFiles[0]?.text ?? ""]],
    ["/mockServiceWorker.js", ["text/javascript", readFileSync(worker, "utf8")]],
  ]);
  server = createServer(({ url: path = "" }, response) => {
    const [type, text] = files.get(path) ?? [];
    if (type === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": type }).end(text);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe.skipIf(executable === undefined)("in Chromium", () => {
  test("the mocks answer a page through the service worker", async () => {
    const { context, close } = await startChromium(executable ?? "");
    try {
      const page = await context.newPage();
      await page.goto(url);
      expect(await page.evaluate("globalThis.outcome")).toEqual({
        MeteringRecordId: "4b0a7f0e-6a52-4d38-9c53-0d3a5f4f2c21",
        url: "https://metering.marketplace.us-east-1.amazonaws.com/",
        region: "us-east-1",
        time: 0,
        rejected: "ThrottlingException",
        broken: "ConnectionError",
        refused: "InvalidSignatureException",
      });
    } finally {
      await close();
    }
  });
});
