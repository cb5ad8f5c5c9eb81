import type { CallCosts } from "./call-costs.ts";

/** Sizes may move a little, with a longer version in a header; what is counted is exact. */
const tolerances: { readonly [cost in keyof CallCosts]?: number } = {
  functionCalls: 0.05,
  allocatedBytes: 0.05,
};

/** How costs differ from their budget, a line each, for people. Too little is a deviation, too: the budget guards nothing then. */
export function findDeviations(costs: CallCosts, budget: CallCosts): readonly string[] {
  const names = Object.keys({ ...budget, ...costs }) as (keyof CallCosts)[];
  return names.flatMap((name) => {
    const { [name]: cost = 0 } = costs;
    const { [name]: allowed = 0 } = budget;
    const slack = allowed * (tolerances[name] ?? 0);
    if (Math.abs(cost - allowed) <= slack) return [];
    return [
      cost < allowed
        ? `${name}: ${cost}, and ${allowed} are allowed; lower the budget with npm run costs --workspace tools-bench`
        : `${name}: ${cost}, and only ${allowed} are allowed`,
    ];
  });
}
