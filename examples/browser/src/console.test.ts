import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { type Chromium, chromiumAdvice, findChromium, startChromium } from "tools-chromium";
import { build, type PreviewServer, preview } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

const executable = findChromium();
if (executable === undefined) {
  console.warn(`SKIPPED, the tests of the browser console: ${chromiumAdvice}.`);
}

describe.skipIf(executable === undefined)("the console in Chromium", () => {
  let server: PreviewServer;
  let chromium: Chromium;
  let url: string;
  let page: Page;

  beforeAll(async () => {
    const root = fileURLToPath(new URL("..", import.meta.url));
    await build({ root, logLevel: "error" });
    server = await preview({ root, preview: { port: 0, host: "127.0.0.1" } });
    url = server.resolvedUrls?.local[0] ?? "";
    chromium = await startChromium(executable ?? "");
  });
  afterAll(async () => {
    await chromium?.close();
    await server?.close();
  });
  beforeEach(async () => {
    page = await chromium.context.newPage();
    await page.goto(url);
    await page.getByText("Mocks are ready").waitFor();
  });
  afterEach(() => page.close());

  const status = (): Locator => page.locator("#status");
  const input = (): Locator => page.getByLabel("Input, as JSON");
  const send = (): Promise<void> => page.getByRole("button", { name: "Send" }).click();
  const choose = (name: string): Promise<void> =>
    page.getByRole("radio", { name, exact: true }).check();
  const readOutcome = async (): Promise<unknown> =>
    JSON.parse((await page.getByLabel("The response").textContent()) ?? "");
  const readBody = async (label: string): Promise<unknown> =>
    JSON.parse((await page.getByLabel(label).textContent()) ?? "");
  const ends = (text: RegExp): Promise<void> => status().filter({ hasText: text }).waitFor();

  test("a call shows its response, and the signed request as it went out", async () => {
    await send();
    await ends(/^Answered in/);
    expect(await readOutcome()).toMatchObject({
      Results: [
        { Status: "Success", UsageRecord: { Quantity: 25, Dimension: "users" } },
        { Status: "Success", UsageRecord: { Quantity: 3 } },
      ],
    });
    const facts = await page.getByLabel("$metadata").textContent();
    expect(facts).toMatch(/attempts1.*httpStatusCode200.*requestId00000000-0000-4000/);
    expect(await page.locator(".target").textContent()).toBe(
      "POST https://metering.marketplace.us-east-1.amazonaws.com/",
    );
    const headers = (await page.getByLabel("Headers of request 1").textContent()) ?? "";
    expect(headers).toMatch(
      /authorizationAWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/aws-marketplace\/aws4_request, SignedHeaders=[a-z;-]+, Signature=[0-9a-f]{64}/,
    );
    expect(headers).toContain("x-amz-targetAWSMPMeteringService.BatchMeterUsage");
    expect(await readBody("Body of request 1")).toMatchObject({
      ProductCode: "example-product",
      UsageRecords: [{ Timestamp: expect.any(Number), Quantity: 25 }, {}],
    });
  });

  test("the service worker answers, not the network", async () => {
    const answered = page.waitForResponse((response) => response.url().includes("amazonaws.com"));
    await send();
    expect((await answered).fromServiceWorker()).toBe(true);
  });

  test("the other operations are answered, too", async () => {
    const outputs = {
      MeterUsage: { MeteringRecordId: expect.any(String) },
      RegisterUsage: { Signature: expect.any(String) },
      ResolveCustomer: { CustomerAWSAccountId: "111122223333" },
    };
    for (const [name, output] of Object.entries(outputs)) {
      await choose(name);
      await send();
      await ends(/^Answered in/);
      expect(await readOutcome()).toMatchObject(output);
    }
  });

  test("another Region has another endpoint", async () => {
    await page.getByLabel("Region").selectOption("cn-north-1");
    await send();
    await ends(/^Answered in/);
    expect(await page.locator(".target").textContent()).toContain(
      "metering.marketplace.cn-north-1.amazonaws.com.cn",
    );
  });

  test("input that is no JSON is not sent, and the place where it breaks off is said", async () => {
    await input().fill('{\n  "ProductCode": "x",\n  oops\n}');
    await send();
    const problem = await page.getByRole("alert").textContent();
    expect(problem).toContain("Line 3, column 3");
    expect(await input().getAttribute("aria-invalid")).toBe("true");
    expect(await input().evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.locator("#wire").textContent()).toBe("Nothing went over the wire.");
  });

  test("input that breaks the model is refused with all its problems, each with its path", async () => {
    await input().fill(
      JSON.stringify({
        ProductCode: "a b",
        UsageRecords: [
          { Timestamp: "yesterday", Dimension: "users", Quantity: 2_147_483_648 },
          { Timestamp: "2026-11-25T10:00:00Z" },
        ],
      }),
    );
    await send();
    await ends(/^InvalidInputError/);
    const problems = await page.getByLabel("Problems").getByRole("listitem").allTextContents();
    expect(problems).toEqual([
      expect.stringMatching(/^ProductCode"a b" does not match/),
      'UsageRecords[0].Timestamp"yesterday" is not a Date',
      "UsageRecords[0].Quantity2147483648 is above 2147483647",
      "UsageRecords[1].Dimensionis missing",
    ]);
    expect(await page.locator("#wire").textContent()).toBe("Nothing went over the wire.");
  });

  test("a service that throttles twice is asked three times", async () => {
    await choose("throttles twice");
    await send();
    await ends(/^Answered in .* with 3 attempts$/);
    const attempts = await page.locator("summary").allTextContents();
    expect(attempts).toEqual([
      expect.stringMatching(/^Attempt 1400 ThrottlingException in \d+ ms$/),
      expect.stringMatching(/^Attempt 2400 ThrottlingException in \d+ msafter a wait of \d+ ms$/),
      expect.stringMatching(/^Attempt 3200 in \d+ msafter a wait of \d+ ms$/),
    ]);
    await page.locator("summary").first().click();
    const headers = await page.getByLabel("Headers of request 1").textContent();
    expect(headers).toContain("attempt=1; max=3");
  });

  test("a service that keeps throttling ends in a typed error with its metadata", async () => {
    await choose("keeps throttling");
    await send();
    await ends(/^ThrottlingException after/);
    expect(await page.locator(".failure").textContent()).toBe("ThrottlingExceptionRate exceeded");
    const facts = await page.getByLabel("$metadata").textContent();
    expect(facts).toMatch(/\$faultclientattempts3totalRetryDelay\d+ mshttpStatusCode400/);
  });

  test("a call can be aborted, with the button and with Escape", async () => {
    await page.clock.install();
    await choose("is slow");
    await send();
    await page.getByRole("button", { name: "Abort" }).click();
    await ends(/^Aborted after/);
    expect(await page.locator(".failure-name").textContent()).toBe("AbortError");
    await send();
    await ends(/^Sending/);
    await page.keyboard.press("Escape");
    await ends(/^Aborted after/);
    await choose("answers");
    await send();
    await ends(/^Answered in/);
    // Now the slow answers of the aborted calls come in: they belong to nothing that is shown.
    await page.clock.fastForward(10_000);
    await page.waitForTimeout(250);
    expect(await page.locator("summary").count()).toBe(1);
  });

  test("the keyboard is enough", async () => {
    await page.getByRole("radio", { name: "BatchMeterUsage" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+Enter");
    await ends(/^Answered in/);
    const headers = await page.getByLabel("Headers of request 1").textContent();
    expect(headers).toContain("AWSMPMeteringService.MeterUsage");
  });

  test("what was typed for an operation is there again, until the sample is restored", async () => {
    await input().fill("{}");
    await choose("MeterUsage");
    await choose("BatchMeterUsage");
    expect(await input().inputValue()).toBe("{}");
    await page.getByRole("button", { name: "Restore the sample" }).click();
    expect(await input().inputValue()).toContain("example-product");
  });

  test("a page whose service worker is not in charge sends nothing", async () => {
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url()));
    await page.evaluate(() => {
      Object.defineProperty(navigator.serviceWorker, "controller", { value: null });
    });
    await send();
    await ends(/reload this page/);
    expect(sent).toEqual([]);
  });

  test("no rule of accessibility is broken, in light and in dark", async () => {
    const { resolve } = createRequire(import.meta.url);
    await page.evaluate(await readFile(resolve("axe-core"), "utf8"));
    for (const state of ["answered", "refused"] as const) {
      if (state === "refused") await input().fill("{}");
      await send();
      await ends(state === "refused" ? /^InvalidInputError/ : /^Answered in/);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await findViolations(colorScheme === "dark")).toEqual([]);
      }
    }
  });

  /** The rules that are broken, and where. */
  const findViolations = (isColorOnly: boolean): Promise<readonly string[]> =>
    page.evaluate(
      async (runOnly) => {
        const { axe } = globalThis as unknown as { axe: Axe };
        const { violations } = await axe.run(runOnly === undefined ? {} : { runOnly });
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      },
      isColorOnly ? ["color-contrast"] : undefined,
    );
});

interface Axe {
  run(options: { readonly runOnly?: readonly string[] }): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  }>;
}
