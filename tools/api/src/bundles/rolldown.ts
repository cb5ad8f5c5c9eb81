import { rolldown } from "rolldown";
import type { Build, Bundle } from "./bundler.ts";
import { selectConditions } from "./conditions.ts";

export async function buildWithRolldown({ entry, target }: Build): Promise<Bundle> {
  const build = await rolldown({
    input: entry,
    platform: "browser",
    resolve: { conditionNames: [...selectConditions(target), "import"] },
    logLevel: "silent",
  });
  try {
    const { output } = await build.generate({ format: "esm", minify: true });
    return { code: output[0].code, modules: output[0].moduleIds };
  } finally {
    await build.close();
  }
}
