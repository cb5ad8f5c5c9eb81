import { createHook } from "node:async_hooks";
import { Session } from "node:inspector/promises";
import type { CallCosts, PlatformName } from "./call-costs.ts";
import { createLoopback } from "./loopback.ts";
import { countObjects } from "./object-counter.ts";

// Counts what one call of one platform takes, in a process where nothing else goes on, and prints it.

const platform = process.argv[2] as PlatformName;
/** The first calls load, derive the signing key and fill caches; each later one is like the one before. */
const warmUpCalls = 20;
const coveredCalls = 20;
const allocatingCalls = 100;

const objects = countObjects();
const call = await createLoopback(platform);
for (let count = 0; count < warmUpCalls; count += 1) await call();

const resources = { promises: 0, timers: 0 };
const hook = createHook({
  init: (_id, type) => {
    if (type === "PROMISE") resources.promises += 1;
    if (type === "Timeout") resources.timers += 1;
  },
});
const costs: CallCosts = {
  ...(await countOneCall()),
  ...(await countFunctionCalls()),
  allocatedBytes: await measureAllocation(),
};
console.log(JSON.stringify(costs));
process.exit();

type Counted = Omit<CallCosts, "allocatedBytes" | keyof FunctionCounts>;
type FunctionCounts = Pick<CallCosts, "functionCalls" | "hashes">;

/** A timer of Node's own may come into one call, but not into most. */
async function countOneCall(): Promise<Counted> {
  const seen = new Map<string, number>();
  for (let turn = 0; turn < 5; turn += 1) {
    const before = takeCounts();
    hook.enable();
    await call();
    hook.disable();
    const after = takeCounts();
    const difference = Object.fromEntries(
      Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
    );
    const text = JSON.stringify(difference);
    seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  const [most] = [...seen].sort(([, left], [, right]) => right - left);
  if (most === undefined || most[1] < 3) {
    throw new Error(`no two calls take the same: ${[...seen.keys()].join("\n")}`);
  }
  return JSON.parse(most[0]) as Counted;
}

function takeCounts(): { readonly [name: string]: number } {
  return { ...objects, ...resources };
}

/** Calls of functions of the packages and of what they depend on, as V8's coverage counts them. */
async function countFunctionCalls(): Promise<FunctionCounts> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  await session.post("Profiler.takePreciseCoverage");
  for (let count = 0; count < coveredCalls; count += 1) await call();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  await session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
  const functions = result
    .filter(({ url }) => /\/(?:packages|node_modules)\//.test(url))
    .flatMap((script) => script.functions);
  const sumUp = (counted: typeof functions): number =>
    Math.round(
      counted.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0) / coveredCalls,
    );
  return {
    functionCalls: sumUp(functions),
    // Each platform hashes in `hash` of its `Sha256`: once for a hash, twice for HMAC.
    hashes: sumUp(functions.filter(({ functionName }) => functionName === "hash")),
  };
}

/**
 * Without optimized code, which allocates less from some call on, and in a young generation large
 * enough that no collection comes between.
 */
async function measureAllocation(): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < allocatingCalls; count += 1) await call();
  return Math.round((process.memoryUsage().heapUsed - before) / allocatingCalls);
}
