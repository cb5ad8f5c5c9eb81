import { beforeAll, describe, expect, inject, test } from "vitest";
import { type Bundle, bundlers, type Target } from "./bundler.ts";
import { inspectCode, listPackages } from "./inspect-bundle.ts";
import { copyProgram } from "./programs.ts";
import { runBundle } from "./run-bundle.ts";
import { isSigned } from "./signature.ts";

const { project } = inject("installed");
const programs = ["client", "one-operation", "core", "mocks"] as const;
type Program = (typeof programs)[number];
const entries = new Map<Program, string>();

beforeAll(async () => {
  for (const name of programs) entries.set(name, await copyProgram(name, project));
});

const cases = Object.entries(bundlers).flatMap(([name, bundler]) =>
  (["browser", "worker"] as const).map((target: Target) => ({ name, bundler, target })),
);

describe.each(cases)("$name for a $target", ({ bundler, target }) => {
  const bundle = (program: Program): Promise<Bundle> =>
    bundler({ entry: entries.get(program) ?? "", target });

  test("makes a client of what is the packages' own, and it signs what it sends", async () => {
    const client = await bundle("client");
    expect(inspectCode(client.code)).toEqual([]);
    expect(listPackages(client)).toEqual([
      "@pawprint/marketplace-metering",
      "@pawprint/marketplace-metering-edge",
      "@pawprint/runtime",
    ]);
    const { outcome, requests } = await runBundle(client.code, { ProductCode: "example-product" });
    expect(outcome).toMatchObject(
      Array(4).fill({ ProductCode: "example-product", $metadata: { httpStatusCode: 200 } }),
    );
    expect(requests.map(({ headers }) => headers["x-amz-target"])).toEqual([
      "AWSMPMeteringService.BatchMeterUsage",
      "AWSMPMeteringService.MeterUsage",
      "AWSMPMeteringService.RegisterUsage",
      "AWSMPMeteringService.ResolveCustomer",
    ]);
    expect(requests.filter((request) => !isSigned(request, "example"))).toEqual([]);
  });

  test("leaves out the operations that a program does not call", async () => {
    const { code } = await bundle("one-operation");
    expect(inspectCode(code)).toEqual([]);
    expect(code).toContain("BatchMeterUsage");
    expect(code).not.toMatch(/RegisterUsage|ResolveCustomer|RegistrationToken|PublicKeyVersion/);
    const { requests } = await runBundle(code, { Results: [] });
    expect(requests.map((request) => isSigned(request, "example"))).toEqual([true]);
  });

  test("makes the core alone a program without a transport", async () => {
    const core = await bundle("core");
    expect(inspectCode(core.code)).toEqual([]);
    expect(core.code).not.toMatch(/AWS4|fetch\(/);
    const { outcome } = await runBundle(core.code, {});
    expect(outcome).toEqual(["ThrottlingException", "BatchMeterUsage"]);
  });
});

// msw answers in a page, or in Node: it does not start in a worker.
test.each(Object.entries(bundlers))(
  "%s makes mocks that answer in the page itself",
  async (_, bundler) => {
    const { code } = await bundler({ entry: entries.get("mocks") ?? "", target: "browser" });
    expect(inspectCode(code).filter((finding) => finding.startsWith("imports"))).toEqual([]);
    const { outcome, requests } = await runBundle(code, {});
    expect(outcome).toEqual(["example-product", { RegistrationToken: "token" }]);
    expect(requests).toEqual([]);
  },
);
