import { expect, test } from "vitest";
import { candidateNames } from "./candidates.ts";
import { runRounds, startServer } from "./rounds.ts";

test.each(candidateNames)("%s makes both calls, several at a time", async (name) => {
  const server = await startServer();
  try {
    for (const work of ["batchMeterUsage", "meterUsage"] as const) {
      const plan = { work, calls: 6, concurrency: 3, turns: 1, warmUpCalls: 2 };
      const rounds = await runRounds([name], server.url, plan);
      expect(rounds.get(name)?.[0]?.cpu).toBeGreaterThan(0);
    }
  } finally {
    server.stop();
  }
});

test("a candidate whose calls fail gives no figures", async () => {
  const plan = { work: "meterUsage", calls: 1, concurrency: 1, turns: 1, warmUpCalls: 1 } as const;
  await expect(runRounds(["bare-http"], "http://127.0.0.1:1", plan)).rejects.toThrow(
    /bare node:http.*ECONNREFUSED/s,
  );
});
