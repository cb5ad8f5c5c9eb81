import { build } from "esbuild";
import { expect, test } from "vitest";

const names = ["BatchMeterUsage", "MeterUsage", "RegisterUsage", "ResolveCustomer"];

/** What a bundler makes of a program, msw left out. */
async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    bundle: true,
    external: ["msw"],
    format: "esm",
    minify: true,
    platform: "neutral",
    mainFields: ["module", "main"],
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

test.each(names)(
  "a bundle with the mock of %s alone has no other operation and no samples",
  async (name) => {
    const text = await bundle(
      `import { mock${name} } from "@pawprint/marketplace-metering-mocks"; console.log(mock${name}());`,
    );
    const found = names.filter((other) => text.includes(`"${other}"`));
    expect(found).toEqual([name]);
    expect(text).not.toContain("example-product-code-2");
  },
);

test("a bundle with a sample alone has no mocks", async () => {
  const text = await bundle(
    'import { sampleMeterUsageResult } from "@pawprint/marketplace-metering-mocks"; console.log(sampleMeterUsageResult());',
  );
  expect(text).toContain("example-metering-record-id");
  expect(text).not.toMatch(/from"msw"|SerializationException|AWS4-HMAC-SHA256/);
});

test("a bundle with the mock of the service has all operations", async () => {
  const text = await bundle(
    'import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks"; console.log(mockMarketplaceMetering());',
  );
  expect(names.filter((name) => text.includes(`"${name}"`))).toEqual(names);
});
