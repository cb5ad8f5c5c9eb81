import { expect, test } from "vitest";
import { readProcessTime } from "./process-time.ts";

test.runIf(process.platform === "linux")("a process that computes uses time", async () => {
  const before = await readProcessTime(process.pid);
  const { user } = process.cpuUsage();
  while (process.cpuUsage().user - user < 100_000) Math.sqrt(user);
  const after = await readProcessTime(process.pid);
  expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(90_000);
});
