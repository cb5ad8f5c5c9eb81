import { join } from "node:path";
import { type Plugin, type RolldownLog, rolldown } from "rolldown";
import type { Program } from "../program.ts";

export async function bundleWithRolldown({
  platform,
  source,
  external = [],
  mainFields,
  onDemand,
}: Program): Promise<string> {
  const bundle = await rolldown({
    input: entry,
    platform,
    external: [...external],
    resolve: mainFields === undefined ? {} : { mainFields: [...mainFields] },
    transform: { target: "es2022" },
    plugins: [provideEntry(source), ...(onDemand === "included" ? [] : [leaveOutOnDemand])],
    logLevel: "warn",
    onLog: refuseMissing,
  });
  try {
    const { output } = await bundle.generate({
      format: "esm",
      minify: true,
      comments: false,
      codeSplitting: false,
    });
    return output.map((file) => (file.type === "chunk" ? file.code : "")).join("");
  } finally {
    await bundle.close();
  }
}

/** Rolldown takes what it does not find for external, and only warns. */
function refuseMissing(_: unknown, { code, message }: RolldownLog): void {
  if (code === "UNRESOLVED_IMPORT") throw new Error(message);
}

/** A file that is not there, in the folder where its imports are looked for. */
const entry = join(import.meta.dirname, "program.js");

function provideEntry(source: string): Plugin {
  return {
    name: "provide-entry",
    resolveId: (id) => (id === entry ? entry : undefined),
    load: (id) => (id === entry ? source : undefined),
  };
}

const leaveOutOnDemand: Plugin = {
  name: "leave-out-on-demand",
  resolveId: (id, _, { kind }) => (kind === "dynamic-import" ? { id, external: true } : undefined),
};
