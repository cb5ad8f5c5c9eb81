import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));

// What is in `dist` afterwards goes into the zip file, as it is.
await rm(`${folder}/dist`, { recursive: true, force: true });
await build({
  entryPoints: [`${folder}/src/handler.ts`],
  outdir: `${folder}/dist`,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  // The credential chain stays in files of its own: a cold start does not read it.
  splitting: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node22",
  // The chain is CommonJS inside, and an ES module has no `require` of its own.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
