import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import webpack, { type Stats, type StatsModule } from "webpack";
import type { Build, Bundle } from "./bundler.ts";
import { selectConditions } from "./conditions.ts";

export async function buildWithWebpack({ entry, target }: Build): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), "webpack-"));
  try {
    const stats = await run({
      context: dirname(entry),
      entry,
      mode: "production",
      devtool: false,
      target: target === "browser" ? "web" : "webworker",
      resolve: { conditionNames: [...selectConditions(target), "import", "default"] },
      output: { path: folder, filename: "bundle.js" },
    });
    const { modules = [] } = stats.toJson({ all: false, modules: true, nestedModules: true });
    return {
      code: await readFile(join(folder, "bundle.js"), "utf8"),
      modules: modules.flatMap(listFiles),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Modules that are concatenated into one are nested in it. */
function listFiles({ nameForCondition, modules = [] }: StatsModule): readonly string[] {
  return [...(nameForCondition ? [nameForCondition] : []), ...modules.flatMap(listFiles)];
}

async function run(options: webpack.Configuration): Promise<Stats> {
  const compiler = webpack(options);
  const stats = await new Promise<Stats>((resolve, reject) => {
    compiler.run((error, result) => {
      if (result === undefined) reject(error);
      else resolve(result);
    });
  });
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  return stats;
}
