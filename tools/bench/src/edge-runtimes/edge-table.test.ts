import { expect, test } from "vitest";
import type { EdgeCandidateName } from "./edge-candidates.ts";
import { createEdgeTable } from "./edge-table.ts";
import type { EdgeMeasurement, EdgeRound } from "./measure.ts";

const measure = (
  rounds: { readonly [name in EdgeCandidateName]?: EdgeRound },
  failures: { readonly [name in EdgeCandidateName]?: string } = {},
): EdgeMeasurement => ({
  runtime: "workerd",
  version: "1.0",
  rounds: new Map(
    Object.entries(rounds).map(([name, round]) => [name as EdgeCandidateName, [round]]),
  ),
  failures: new Map(Object.entries(failures) as [EdgeCandidateName, string][]),
});
const fast = { cpu: 100, callsPerSecond: 2000 };
const slow = { cpu: 400, callsPerSecond: 500 };

test("ratios are those to the floor and to ours in the same runtime", () => {
  const table = createEdgeTable([
    measure({
      "bare-fetch": fast,
      "pawprint-edge": slow,
      "aws-sdk-fetch": slow,
      aws4fetch: fast,
    }),
  ]);
  expect(table.slice(1).map(([, name, ...figures]) => [name, ...figures])).toEqual([
    ["bare-fetch", "1.00 ± 0 %", "0.25 ± 0 %", "4.00 ± 0 %", "100", "2000"],
    ["pawprint-edge", "4.00 ± 0 %", "1.00 ± 0 %", "1.00 ± 0 %", "400", "500"],
    ["aws-sdk-fetch", "4.00 ± 0 %", "1.00 ± 0 %", "1.00 ± 0 %", "400", "500"],
    ["aws4fetch", "1.00 ± 0 %", "0.25 ± 0 %", "4.00 ± 0 %", "100", "2000"],
  ]);
});

test("where the system tells no CPU time, calls a second are left", () => {
  const round = { cpu: undefined, callsPerSecond: 10 };
  const [, floor] = createEdgeTable([measure({ "bare-fetch": round, "pawprint-edge": round })]);
  expect(floor?.slice(2)).toEqual(["–", "–", "1.00 ± 0 %", "–", "10"]);
});

test("a rival that does not run says why, in one line", () => {
  const table = createEdgeTable([
    measure(
      { "bare-fetch": fast, "pawprint-edge": fast, aws4fetch: fast },
      { "aws-sdk-fetch": "ended with 1:\nno A|B\n  at somewhere" },
    ),
  ]);
  expect(table[3]?.[2]).toBe("does not run: ended with 1: no A\\|B");
});
