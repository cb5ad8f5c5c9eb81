import { dirname } from "node:path";
import { build, type Rolldown } from "vite";
import type { Build, Bundle } from "./bundler.ts";

/** For a browser as for a page's script, for a worker as for a server that has web standards only. */
export async function buildWithVite({ entry, target }: Build): Promise<Bundle> {
  const result = await build({
    configFile: false,
    envFile: false,
    logLevel: "silent",
    root: dirname(entry),
    ssr: { target: "webworker", noExternal: true },
    build: {
      write: false,
      minify: true,
      ssr: target === "worker",
      modulePreload: { polyfill: false },
      rolldownOptions: { input: entry, output: { format: "esm" } },
    },
  });
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return { code: output[0].code, modules: output[0].moduleIds };
}
