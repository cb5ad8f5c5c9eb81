import { nodeResolve } from "@rollup/plugin-node-resolve";
import { transform } from "esbuild";
import { rollup } from "rollup";
import type { Build, Bundle } from "./bundler.ts";
import { selectConditions } from "./conditions.ts";

/** Rollup leaves it to others to minify. */
export async function buildWithRollup({ entry, target }: Build): Promise<Bundle> {
  const build = await rollup({
    input: entry,
    plugins: [
      nodeResolve({
        browser: true,
        preferBuiltins: false,
        exportConditions: selectConditions(target),
      }),
    ],
    logLevel: "silent",
  });
  try {
    const { output } = await build.generate({ format: "es" });
    const { code } = await transform(output[0].code, { minify: true, legalComments: "none" });
    return { code, modules: output[0].moduleIds };
  } finally {
    await build.close();
  }
}
