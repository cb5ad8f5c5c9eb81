import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { SoakReport } from "./soak-program.ts";

// A service in another process resets 5 % of the requests, throttles 5 %, never answers 2 %, and
// breaks 1 % of its answers off. `PAWPRINT_SOAK_CALLS` says how many calls each transport makes.

const calls = Number(process.env.PAWPRINT_SOAK_CALLS ?? 5_000);
const program = fileURLToPath(new URL("soak-program.ts", import.meta.url));

test.each(["node", "edge"])(
  `the %s transport survives ${calls} calls to a service that fails, and leaves nothing behind`,
  { timeout: 60_000 + calls * 10 },
  async (platform) => {
    const { failed, heap, left, service, succeeded } = await soak(platform);

    const settled = succeeded + Object.values(failed).reduce((sum, times) => sum + times, 0);
    expect(settled).toBe(calls);
    expect(Object.keys(failed).filter((name) => name.startsWith("untyped"))).toEqual([]);
    // On a busy machine, good answers come too late as well.
    expect(succeeded).toBeGreaterThan(calls * 0.5);
    expect(failed["transport AbortError"]).toBeGreaterThan(0);

    const share = (fault: keyof SoakReport["service"]["faults"]) =>
      service.faults[fault] / service.requests;
    expect(share("reset")).toBeCloseTo(0.05, 2);
    expect(share("throttle")).toBeCloseTo(0.05, 2);
    expect(share("hang")).toBeCloseTo(0.02, 2);
    expect(share("truncate")).toBeCloseTo(0.01, 2);

    expect(left).toEqual({ connections: 0, timers: 0, listeners: 0 });
    // A thousandth of what one call allocates, if every call kept it, would be more at 100,000 calls.
    expect(heap.last - heap.first).toBeLessThan(1_500_000);
  },
);

async function soak(platform: string): Promise<SoakReport> {
  const options = ["--expose-gc", program, platform, String(calls)];
  const child = spawn(process.execPath, options, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill());
  const output: string[] = [];
  const errors: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  const [code] = await once(child, "close");
  expect({ code, errors: errors.join("") }).toEqual({ code: 0, errors: "" });
  return JSON.parse(output.join(""));
}
