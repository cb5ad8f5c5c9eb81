import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitReexportFile } from "../source-file.ts";

export function emitMocksIndexFile({ names, header }: PackagePlan): GeneratedFile {
  const modules = [
    { from: "@pawprint/runtime/mocks", values: [], types: ["MockCall", "OperationMock"] },
    { from: "./mock.js", values: [names.mockFunction], types: [names.mock] },
  ];
  return emitReexportFile("src/index.ts", header, modules);
}
