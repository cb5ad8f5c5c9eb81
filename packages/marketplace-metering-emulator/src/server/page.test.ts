import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { type Chromium, chromiumAdvice, findChromium, startChromium } from "tools-chromium";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serveBusyDay } from "./busy-day.test-market.ts";
import { closeServersAfterEach, serveMarket } from "./example.test-server.ts";
import type { MeteringServer } from "./metering-server.ts";

const executable = findChromium();
if (executable === undefined) {
  console.warn(`SKIPPED, the tests of the emulator's page: ${chromiumAdvice}.`);
}

test("the page may load nothing from elsewhere, and run nothing but its own script", async () => {
  const { url, close } = await serveBusyDay();
  const response = await fetch(url);
  const policy = response.headers.get("content-security-policy");
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  );
  const html = await response.text();
  expect(html.match(/(?:src|href)="(?!data:)[^"]*"/g)).toBeNull();
  expect(html).not.toMatch(/ style="| on[a-z]+="/);
  await close();
});

describe.skipIf(executable === undefined)("the page in Chromium", () => {
  let chromium: Chromium;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    chromium = await startChromium(executable ?? "");
  });
  afterAll(() => chromium?.close());
  beforeEach(async () => {
    page = await chromium.context.newPage();
    complaints = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
  });
  afterEach(() => page.close());

  const textOf = async (selector: string): Promise<string> =>
    (await page.locator(selector).allInnerTexts()).join("\n");

  describe("of a busy day", () => {
    let server: MeteringServer;
    beforeAll(async () => {
      server = await serveBusyDay();
    });
    afterAll(() => server.close());
    beforeEach(async () => {
      await page.goto(server.url);
      await page.locator("main[aria-busy=false]").waitFor();
    });

    test("shows clock, endpoint and figures", async () => {
      expect(await textOf("#now")).toBe("2026-07-15 09:30:00");
      expect(await textOf("#running")).toBe("UTC, standing still");
      expect(await textOf("#endpoint")).toBe(server.url);
      const { usage } = server.emulator.state();
      expect(await textOf("#figures")).toMatch(
        new RegExp(`records\\s+${usage.length}\\s+products\\s+4`),
      );
      expect(complaints).toEqual([]);
    });

    test("shows a bar for each hour that has usage, and says so to who cannot see it", async () => {
      expect(await page.locator("#chart .bar").count()).toBe(24);
      const name = await page.locator("#chart svg").getAttribute("aria-label");
      const { usage } = server.emulator.state();
      expect(name).toMatch(
        new RegExp(`^${usage.length} records in the 24 hours until 2026-07-15T09:59`),
      );
    });

    test("shows the last requests, newest first, with what became of each", async () => {
      const rows = page.locator("#requests tbody tr");
      expect(await rows.count()).toBe(15);
      const text = await textOf("#requests");
      expect(text).toContain("lostAnswer");
      expect(text).toContain("400 InvalidUsageDimensionException");
      expect(text).toContain("555566667777 bought vector-search");
      const times = await page.locator("#requests tbody td:first-child").allInnerTexts();
      expect(times).toEqual(times.toSorted().reverse());
    });

    test("shows products, customers and faults", async () => {
      expect(await textOf("#products")).toMatch(/legacy-reports\s*API disabled/);
      expect(await textOf("#customers")).toMatch(/444455556666\s+none\s+analytics-saas, ended/);
      expect(await textOf("#faults")).toContain("throttle BatchMeterUsage, 10 % of the time");
    });

    test("breaks no rule of accessibility, in light and in dark, wide and narrow", async () => {
      const { resolve } = createRequire(import.meta.url);
      const axe = await readFile(resolve("axe-core"), "utf8");
      await page.evaluate(axe);
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1240, 390]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          await page.waitForTimeout(100);
          expect(await page.evaluate(findViolations)).toEqual([]);
        }
      }
    });

    test("fits a telephone, without scrolling sideways", async () => {
      await page.setViewportSize({ width: 390, height: 800 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    });
  });

  describe("of a server of its own", () => {
    closeServersAfterEach();

    test("says what there is not yet, and shows what comes without being loaded again", async () => {
      const server = await serveMarket({ seed: {} });
      await page.goto(server.url);
      await page.getByText("No request has come yet.").waitFor();
      await page.getByText("No usage has been accepted yet.").waitFor();
      await server.control("/_/seed", { customers: [{ accountId: "123456789012" }] });
      await page.getByText("123456789012").waitFor();
    });

    test("shows what clients send as text, whatever is in it", async () => {
      const server = await serveMarket({
        seed: {
          products: [
            {
              productCode: "product",
              sellerAccount: "1",
              dimensions: ["<b>bold</b>"],
              createdOn: "2026-01-01",
            },
          ],
          customers: [{ accountId: "1", customerIdentifier: "<img src=x onerror=alert(1)>" }],
        },
      });
      await fetch(server.url, {
        method: "POST",
        headers: { "x-amz-target": "<script>x</script>" },
      });
      await page.goto(server.url);
      await page.getByText("<b>bold</b>").waitFor();
      await page.getByText("<img src=x onerror=alert(1)>").waitFor();
      expect(await textOf("#requests")).toContain("<script>x</script>");
      expect(await page.locator("main img, main b, main script").count()).toBe(0);
    });

    test("says that the emulator is gone, and goes on when it is back", async () => {
      const server = await serveMarket();
      await page.goto(server.url);
      await page.locator("main[aria-busy=false]").waitFor();
      const { port } = new URL(server.url);
      await server.close();
      await page.getByRole("alert").filter({ hasText: "does not answer" }).waitFor();
      await serveMarket({ port: Number(port) });
      await page.getByRole("alert").waitFor({ state: "hidden" });
    });
  });
});

/** The rules that are broken, and where. It runs in the page. */
async function findViolations(): Promise<readonly string[]> {
  const { axe } = globalThis as unknown as {
    axe: {
      run(): Promise<{
        violations: { id: string; nodes: { html: string }[] }[];
      }>;
    };
  };
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
