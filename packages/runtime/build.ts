import { spawnSync } from "node:child_process";
import { copyFile, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin, transform } from "esbuild";

/**
 * What `@smithy/signature-v4` takes from `@smithy/core`, and the module of each. The modules that
 * it names gather everything that a client of the AWS SDK needs, with side effects at their top
 * level: 47 kB gzip in Node. Another name in a later version fails the build, to be looked at.
 */
const coreModules: { readonly [name: string]: { readonly [exported: string]: string } } = {
  "@smithy/core/client": {
    normalizeProvider: "transport/normalizeProvider.js",
  },
  "@smithy/core/protocols": {
    escapeUri: "protocols/util-uri-escape/escape-uri.js",
    HttpRequest: "transport/httpRequest.js",
  },
  "@smithy/core/serde": {
    fromHex: "serde/util-hex-encoding/hex-encoding.js",
    fromUtf8: "serde/util-utf8/fromUtf8.browser.js",
    hasOwn: "transport/hasOwn.js",
    isArrayBuffer: "serde/is-array-buffer/is-array-buffer.js",
    toUint8Array: "serde/util-utf8/toUint8Array.browser.js",
    writeKey: "serde/writeKey.js",
  },
};

/**
 * What comes from a module of ours instead, below `dist`: that of `@smithy/core` fills a table with a
 * loop, which no bundler leaves out.
 */
const ownModules: { readonly [name: string]: { readonly [exported: string]: string } } = {
  "@smithy/core/serde": { toHex: "signing/hex-encoding.js" },
};

const selectCoreModules: Plugin = {
  name: "select-core-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@smithy\/core\// }, ({ path, importer }) =>
      Object.hasOwn(coreModules, path)
        ? { path, namespace: "core", sideEffects: false }
        : { errors: [{ text: `${importer} takes something from ${path}: add it to coreModules` }] },
    );
    onLoad({ filter: /^/, namespace: "core" }, ({ path }) => ({
      contents: [
        ...Object.entries(coreModules[path] ?? {}).map(
          ([name, file]) => `export { ${name} } from "./dist-es/submodules/${file}";`,
        ),
        ...Object.entries(ownModules[path] ?? {}).map(
          ([name, file]) => `export { ${name} } from ${JSON.stringify(join(dist, file))};`,
        ),
      ].join("\n"),
      resolveDir: corePackage,
    }));
  },
};

/** Lets bundlers leave out constants that are computed: esbuild keeps products and calls. */
const markConstants: Plugin = {
  name: "mark-constants",
  setup({ onLoad }) {
    onLoad({ filter: /signature-v4[\\/]dist-es[\\/]constants\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8"))
        .replaceAll(/= (\w+\.toLowerCase\(\);)/g, "= /* @__PURE__ */ $1")
        .replaceAll(/= (\d+(?: \* \d+)+);/g, (_, product: string) => {
          const factors = product.split("*").map(Number);
          return `= ${factors.reduce((one, other) => one * other)};`;
        }),
    }));
  },
};

const root = import.meta.dirname;
const dist = join(root, "dist");
const resolve = createRequire(import.meta.url).resolve;
const signaturePackage = dirname(resolve("@smithy/signature-v4/package.json"));
const corePackage = dirname(resolve("@smithy/core/package.json"));

await rm(dist, { recursive: true, force: true });
try {
  compile();
  await bundleSigner();
} catch (error) {
  await rm(dist, { recursive: true, force: true });
  throw error;
}

function compile(): void {
  const tsc = join(dirname(resolve("typescript/package.json")), "bin", "tsc");
  const project = join(root, "tsconfig.json");
  const { status } = spawnSync(process.execPath, [tsc, "-p", project], { stdio: "inherit" });
  if (status !== 0) throw new Error("The sources do not compile");
}

/** Puts into the signer what it uses of `@smithy/signature-v4`, and the licence of that beside it. */
async function bundleSigner(): Promise<void> {
  const file = join(dist, "signing", "smithy-signature-v4.js");
  const sources = await Promise.all([signaturePackage, corePackage].map(readNameAndVersion));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    banner: { js: `// With parts of ${sources.join(" and ")}, see LICENSE.smithy.txt` },
    bundle: true,
    format: "esm",
    legalComments: "inline",
    mainFields: ["module", "main"],
    metafile: true,
    platform: "neutral",
    plugins: [selectCoreModules, markConstants],
    target: "es2022",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  if (imports.length > 0) {
    throw new Error(`${file}: still imports ${imports.map(({ path }) => path).join(", ")}`);
  }
  const text = await readFile(file, "utf8");
  const nodeGlobal = /\b(?:Buffer|process|require)\b/.exec(text);
  if (nodeGlobal !== null) throw new Error(`${file}: uses ${nodeGlobal[0]} of Node`);
  // It is in the signer now.
  for (const extension of ["js", "d.ts"]) await rm(join(dist, `signing/hex-encoding.${extension}`));
  await copyFile(join(signaturePackage, "LICENSE"), join(dist, "signing", "LICENSE.smithy.txt"));

  const { code } = await transform(text, { minify: true });
  const gzipped = gzipSync(code, { level: 9 }).length;
  console.log(`signer: ${text.length} bytes, ${code.length} minified, ${gzipped} gzipped`);
}

async function readNameAndVersion(folder: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return `${name} ${version}`;
}
