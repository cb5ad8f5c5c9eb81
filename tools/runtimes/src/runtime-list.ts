import type { Runtime } from "./runtime.ts";
import { bun } from "./runtimes/bun.ts";
import { chromium } from "./runtimes/chromium.ts";
import { deno } from "./runtimes/deno.ts";
import { edgeRuntime } from "./runtimes/edge-runtime.ts";
import { node20, node22, node24, node26 } from "./runtimes/node.ts";
import { workerd, workerdWithoutNode } from "./runtimes/workerd.ts";

/** Every runtime that the packages are for. A new one is a file in `runtimes/` and a name here. */
export const runtimes: readonly Runtime[] = [
  ...[node20, node22, node24, node26],
  ...[bun, deno, workerd, workerdWithoutNode, edgeRuntime, chromium],
];
