import { expect, test } from "vitest";
import { runScenario } from "./run-scenario.ts";
import { printTable } from "./table.ts";

test("runs every step through both transports and finds nothing off", async () => {
  const rows = await runScenario();
  expect(rows.map(({ ok, outcome }) => (ok ? "ok" : outcome))).toEqual(Array(12).fill("ok"));
});

test("reports a step that goes wrong", async () => {
  const rows = await runScenario([
    {
      title: "broken",
      run: () => Promise.reject(new Error("something is off")),
    },
  ]);
  expect(rows).toMatchObject([
    { transport: "node", ok: false, status: "failed", outcome: "Error: something is off" },
    { transport: "edge", ok: false },
  ]);
});

test("aligns a table", () => {
  const table = printTable(
    ["a", "time"],
    [
      ["long", "1 ms"],
      ["x", "10 ms"],
    ],
  );
  expect(table).toBe("a      time\n────  ─────\nlong   1 ms\nx     10 ms");
});
