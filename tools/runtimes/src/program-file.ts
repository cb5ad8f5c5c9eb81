import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Project } from "./project.ts";
import type { Way } from "./runtime.ts";

const run = fileURLToPath(new URL("program/run.ts", import.meta.url));

/**
 * Writes the program of one way into the project, and gives its file. The harness's own code is
 * always bundled; the packages under test only where the way is `bundle`.
 */
export async function writeProgram(
  project: Project,
  way: Way,
  entry: string,
  name: string,
): Promise<string> {
  const { loading } = way;
  const outfile = join(project.folder, `${name}.${loading === "require" ? "cjs" : "mjs"}`);
  await build({
    stdin: { contents: printProgram(project, way, entry), resolveDir: project.folder },
    outfile,
    bundle: true,
    // With this platform an import of Node's is an error: neither the harness nor a package needs one.
    platform: "browser",
    format: loading === "require" ? "cjs" : "esm",
    target: "es2022",
    plugins: [loading === "bundle" ? resolveInstalled(project.folder) : leaveInstalled],
    logLevel: "silent",
  });
  return outfile;
}

function printProgram({ clients }: Project, way: Way, entry: string): string {
  const { platform, loading, hasNode } = way;
  const imports = clients.flatMap(({ core, [platform]: transport }, index) => [
    `import * as core${index} from ${JSON.stringify(core)};`,
    `import * as transport${index} from ${JSON.stringify(transport)};`,
  ]);
  const list = clients.map(
    ({ protocol }, index) =>
      `{ protocol: ${JSON.stringify(protocol)}, core: core${index}, transport: transport${index} }`,
  );
  return `
    import * as metering from "@pawprint/marketplace-metering-${platform}";
    import { runEverything } from ${JSON.stringify(run)};
    ${imports.join("\n    ")}
    ${loading === "bundle" ? (hasNode ? demandNode : refuseNode) : ""}
    const loaded = { platform: "${platform}", metering, clients: [${list.join(", ")}] };
    const run = (bench) => runEverything(loaded, bench);
    ${entry}
  `;
}

/** Where Node's globals are, a package that uses one goes unnoticed. */
const refuseNode = `
    for (const name of ["Buffer", "process", "require"]) {
      if (name in globalThis) throw new Error("this runtime has Node's " + name);
    }`;

/** Where it is there no longer, the packages would run, and be tested twice in the same way. */
const demandNode = `
    if (!globalThis.process?.getBuiltinModule?.("node:crypto")?.hash) {
      throw new Error("this runtime has no node:crypto");
    }`;

const packageNames = /^@pawprint\//;

const leaveInstalled: Plugin = {
  name: "leave-installed",
  setup: ({ onResolve }) => {
    onResolve({ filter: packageNames }, ({ path }) => ({ path, external: true }));
  },
};

/** Takes the packages from the project, also where the harness's own code asks for one. */
function resolveInstalled(resolveDir: string): Plugin {
  return {
    name: "resolve-installed",
    setup: ({ onResolve, resolve }) => {
      onResolve({ filter: packageNames }, ({ path, kind, importer, pluginData }) =>
        pluginData === "installed" || importer.startsWith(resolveDir)
          ? undefined
          : resolve(path, { kind, resolveDir, pluginData: "installed" }),
      );
    },
  };
}
