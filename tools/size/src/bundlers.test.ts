import { describe, expect, test } from "vitest";
import { bundlerNames, bundlers } from "./bundlers.ts";
import { createPawprintProgram, packageNames } from "./pawprint-programs.ts";
import type { Program } from "./program.ts";

describe.each(bundlerNames)("%s", (name) => {
  const bundle = (source: string, options: Partial<Program> = {}) =>
    bundlers[name]({ client: "", scope: "", platform: "browser", source, ...options });

  test("leaves out what is not used, comments, and the names of variables", async () => {
    const code = await bundle(`
      /*! @license a comment */
      const unused = "unused";
      const longNameOfAVariable = Date.now();
      console.log(longNameOfAVariable, longNameOfAVariable);`);
    expect(code.length).toBeLessThan(60);
  });

  test("leaves out what is imported on demand, unless it is asked for", async () => {
    const source = 'export default () => import("aws4fetch");';
    expect((await bundle(source)).length).toBeLessThan(80);
    expect(await bundle(source, { onDemand: "included" })).toContain("aws4_request");
  });

  test("leaves out what is left to whatever runs the bundle", async () => {
    const source = 'import { AwsClient } from "aws4fetch"; console.log(AwsClient);';
    expect(await bundle(source, { external: ["aws4fetch"] })).not.toContain("aws4_request");
  });

  test("fails where a program imports what is not there", async () => {
    await expect(bundle('import "no-such-package";')).rejects.toThrow("no-such-package");
    const missing = 'import { noSuchFunction } from "aws4fetch"; console.log(noSuchFunction);';
    await expect(bundle(missing)).rejects.toThrow("noSuchFunction");
  });

  test.each(packageNames)("takes one operation of %s without the others", async (packageName) => {
    const one = await bundlers[name](createPawprintProgram(packageName, "oneOperation"));
    const all = await bundlers[name](createPawprintProgram(packageName, "allOperations"));
    expect(one).toContain("BatchMeterUsage");
    expect(one).not.toContain("ResolveCustomer");
    expect(all).toContain("ResolveCustomer");
  });
});
