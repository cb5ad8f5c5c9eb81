import { writeSync } from "node:fs";
import type { Usage } from "./measured-process.ts";

// Loaded before a program whose process is measured: says in the end what the process used.
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage: Usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, peakMemory: maxRSS / 1e3 };
  writeSync(3, JSON.stringify(usage));
});
