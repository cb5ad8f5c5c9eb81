import { sampleName } from "../../ir/naming.ts";
import type { SamplePlan } from "../../samples/sample-plan.ts";
import { withoutTaken } from "../core/index-file.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitReexportFile } from "../source-file.ts";

export function emitMocksIndexFile(
  { names, operations, header }: PackagePlan,
  { roots }: SamplePlan,
): GeneratedFile {
  const own = [
    { from: "./mock.js", values: [names.mockFunction], types: [names.mock] },
    ...operations.map(({ names: { file, mock } }) => ({
      from: `./operations/${file}.js`,
      values: [mock],
      types: [],
    })),
    { from: "./samples.js", values: roots.map(sampleName), types: [] },
  ].filter(({ values }) => values.length > 0);
  const runtime = {
    from: "@pawprint/runtime/mocks",
    values: [],
    types: ["MockCall", "MockOptions", "MockReply", "OperationMock", "SampleOptions"],
  };
  return emitReexportFile("src/index.ts", header, [withoutTaken(runtime, own), ...own]);
}
