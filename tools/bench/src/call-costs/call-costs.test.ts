import { expect, test } from "vitest";
import { countCallCosts, platformNames, readBudgets } from "./call-costs.ts";
import { findDeviations } from "./deviations.ts";

test.each(platformNames)(
  "a call on %s takes what it may, no more and no less",
  async (platform) => {
    const { [platform]: budget } = await readBudgets();
    expect(findDeviations(await countCallCosts(platform), budget)).toEqual([]);
  },
);
