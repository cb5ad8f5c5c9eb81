import type { Target } from "./bundler.ts";

/** The export conditions of a target: a browser's are known to bundlers, a worker's are given to them. */
export function selectConditions(target: Target): string[] {
  return target === "worker" ? ["workerd", "worker", "browser"] : ["browser"];
}
