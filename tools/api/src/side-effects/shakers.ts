import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build, transform } from "esbuild";
import { rolldown } from "rolldown";
import { rollup } from "rollup";

/** Gives all the code that is left of a program, in however many files. Packages of others stay outside. */
export type Shaker = (entry: string) => Promise<string>;

export const shakers: { readonly [name: string]: Shaker } = {
  esbuild: shakeWithEsbuild,
  rolldown: shakeWithRolldown,
  rollup: shakeWithRollup,
};

const scope = "@pawprint/";

async function shakeWithEsbuild(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    legalComments: "none",
    logLevel: "silent",
    plugins: [
      {
        name: "what-stays-outside",
        setup({ onResolve }) {
          // What is imported on demand would be put into the same file, as modules that wait.
          onResolve({ filter: /^/ }, ({ path, kind }) =>
            kind === "dynamic-import" || isForeign(path) ? { path, external: true } : undefined,
          );
        },
      },
    ],
  });
  return outputFiles.map(({ text }) => text).join("\n");
}

async function shakeWithRolldown(entry: string): Promise<string> {
  const bundle = await rolldown({ input: entry, external: isForeign, logLevel: "silent" });
  try {
    const { output } = await bundle.generate({ format: "esm", minify: true });
    return output.map((file) => (file.type === "chunk" ? file.code : "")).join("\n");
  } finally {
    await bundle.close();
  }
}

async function shakeWithRollup(entry: string): Promise<string> {
  const bundle = await rollup({
    input: entry,
    external: isForeign,
    plugins: [nodeResolve()],
    logLevel: "silent",
  });
  try {
    const { output } = await bundle.generate({ format: "es" });
    const code = output.map((file) => (file.type === "chunk" ? file.code : "")).join("\n");
    // Takes away the comments, which Rollup keeps.
    return (await transform(code, { minify: true, legalComments: "none" })).code;
  } finally {
    await bundle.close();
  }
}

function isForeign(path: string): boolean {
  return !/^[./\0]/.test(path) && !path.startsWith(scope);
}
