import { spawnSync } from "node:child_process";
import { copyFile, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { type OutputChunk, type Plugin, type RolldownOutput, rolldown } from "rolldown";
import { minifySync } from "rolldown/utils";
import manifest from "./package.json" with { type: "json" };

/**
 * Puts a file of ours in the place of what `@smithy/signature-v4` takes from `@smithy/core`. A name
 * that it does not have fails the build, to be looked at.
 */
const replaceSmithyCore: Plugin = {
  name: "replace-smithy-core",
  resolveId: (id) =>
    id.startsWith("@smithy/core/") ? join(root, "src", "signing", "smithy-core.ts") : undefined,
};

/** Lets bundlers leave out constants that are computed: esbuild keeps products and calls. */
const markConstants: Plugin = {
  name: "mark-constants",
  transform(code, id) {
    if (!/signature-v4[\\/]dist-es[\\/]constants\.js$/.test(id)) return undefined;
    return code
      .replaceAll(/= (\w+\.toLowerCase\(\);)/g, "= /* @__PURE__ */ $1")
      .replaceAll(/= (\d+(?: \* \d+)+);/g, (_, product: string) => {
        const factors = product.split("*").map(Number);
        return `= ${factors.reduce((one, other) => one * other)};`;
      });
  },
};

const root = import.meta.dirname;
const dist = join(root, "dist");
const resolve = createRequire(import.meta.url).resolve;
const signaturePackage = dirname(resolve("@smithy/signature-v4/package.json"));
const signer = "signing/smithy-signature-v4";

/** What nothing but transports needs. */
const transportModules: readonly string[] = [
  "body-stream",
  "call-outcome",
  "create-transport",
  "credentials",
  "http-failure",
  "limits",
  "options",
  "request-address",
  "request-target",
  "response",
  "retry",
];

await rm(dist, { recursive: true, force: true });
try {
  emitDeclarations();
  const { output } = await bundle();
  const chunks = output.filter((file) => file.type === "chunk");
  for (const chunk of chunks) {
    checkImports(chunk);
    checkLayers(chunk);
  }
  checkSigner(chunks);
  await copyFile(join(signaturePackage, "LICENSE"), join(dist, "signing", "LICENSE.smithy.txt"));
} catch (error) {
  await rm(dist, { recursive: true, force: true });
  throw error;
}

function emitDeclarations(): void {
  const tsc = join(dirname(resolve("typescript/package.json")), "bin", "tsc");
  const project = join(root, "tsconfig.json");
  const { status } = spawnSync(process.execPath, [tsc, "-p", project, "--emitDeclarationOnly"], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The sources do not compile");
}

/**
 * A file for each entry, and a few for what they share, because each takes 0.4 ms of a start, whatever
 * is in it. In the signer is what it uses of `@smithy/signature-v4`.
 */
async function bundle(): Promise<RolldownOutput> {
  const signature = await readNameAndVersion(signaturePackage);
  const build = await rolldown({
    cwd: root,
    input: Object.fromEntries(entries().map((entry) => [entry, join(root, "src", `${entry}.ts`)])),
    platform: "neutral",
    external: [/^node:/, ...dependencies().map((name) => new RegExp(`^${name}(?:/|$)`))],
    resolve: { mainFields: ["module", "main"] },
    plugins: [replaceSmithyCore, markConstants],
    transform: { target: "es2023" },
  });
  try {
    return await build.write({
      dir: dist,
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      banner: ({ name }) =>
        name === signer ? `// With parts of ${signature}, see LICENSE.smithy.txt` : "",
      codeSplitting: {
        // A group takes along what its modules import, unless a group before it has that.
        groups: [
          { name: "shared", test: isShared, minShareCount: 2 },
          {
            name: signer,
            test: (id) => nameModule(id)?.startsWith("signing/") ?? isOfSigner(id),
          },
          { name: "sha256", test: (id) => nameModule(id) === "edge/sha256" },
          {
            name: "create-transport",
            test: (id) => nameModule(id)?.startsWith("mocks/") === false,
            minShareCount: 2,
          },
          // Not every bundler leaves out an import of msw that nothing of its file needs.
          { name: "mocks/sample", test: (id) => nameModule(id) === "mocks/sample" },
          {
            name: "mocks/handlers",
            test: (id) => /^mocks\/(?!index)/.test(nameModule(id) ?? ""),
          },
        ],
      },
    });
  } finally {
    await build.close();
  }
}

/** A module of ours by its path among the sources, such as `edge/sha256`; nothing for one of others. */
function nameModule(id: string): string | undefined {
  const path = relative(join(root, "src"), id);
  return path.startsWith("..") || isAbsolute(path)
    ? undefined
    : path.replace(/\.ts$/, "").split(sep).join("/");
}

function isOfSigner(id: string): boolean {
  return /[\\/]signature-v4[\\/]dist-es[\\/]/.test(id);
}

/** Whether protocols or mocks need a module, too. Who imports types and errors alone must not load a transport. */
function isShared(id: string): boolean {
  const name = nameModule(id);
  return (
    name !== undefined &&
    !/^(?:edge|mocks|node|signing)\//.test(name) &&
    !transportModules.includes(name)
  );
}

/** The modules that `package.json` exports, such as `edge/index`. */
function entries(): readonly string[] {
  return Object.values(manifest.exports).flatMap((target) =>
    typeof target === "string" ? [] : [target.default.replace(/^\.\/dist\/|\.js$/g, "")],
  );
}

/** What is installed beside the package, or by whoever uses it. */
function dependencies(): readonly string[] {
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
}

/**
 * An import of anything that is not there for users would fail on their machines alone, and so would
 * one of msw where nobody asks for mocks.
 */
function checkImports({ fileName, imports, dynamicImports }: OutputChunk): void {
  for (const path of [...imports, ...dynamicImports]) {
    const isOfMocks = path === "msw" || path.startsWith("mocks/");
    if (isOfMocks && !fileName.startsWith("mocks/"))
      throw new Error(`${fileName}: imports ${path}`);
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
    if (path.endsWith(".js") && !path.startsWith("@")) continue;
    if (!path.startsWith("node:") && !dependencies().includes(name)) {
      throw new Error(`${fileName}: imports ${path}, which is no dependency`);
    }
  }
}

/** Who imports errors or a protocol alone must not load a transport, nor the signer behind it. */
function checkLayers({ name, fileName, imports }: OutputChunk): void {
  const lower = ["index", "protocol/index", "shared"];
  const higher = imports.find((path) => path !== "shared.js");
  if (lower.includes(name) && higher !== undefined) {
    throw new Error(`${fileName}: imports ${higher}, and may import nothing but what is shared`);
  }
}

function checkSigner(chunks: readonly OutputChunk[]): void {
  const chunk = chunks.find(({ name }) => name === signer);
  if (chunk === undefined) throw new Error(`there is no ${signer}`);
  const { fileName, code } = chunk;
  const nodeGlobal = /\b(?:Buffer|process|require)\b/.exec(code);
  if (nodeGlobal !== null) throw new Error(`${fileName}: uses ${nodeGlobal[0]} of Node`);
  const { code: minified } = minifySync(fileName, code);
  const gzipped = gzipSync(minified, { level: 9 }).length;
  console.log(`signer: ${code.length} bytes, ${minified.length} minified, ${gzipped} gzipped`);
}

async function readNameAndVersion(folder: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return `${name} ${version}`;
}
