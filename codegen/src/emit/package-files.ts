import type { PackageKind } from "../ir/naming.ts";
import { licenseText } from "./license.ts";
import type { PackagePlan } from "./package-plan.ts";
import type { GeneratedFile } from "./source-file.ts";

/** What a `package.json` says beyond what all packages have in common. */
export interface Manifest {
  readonly kind: PackageKind;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly exports: { readonly [subpath: string]: string };
  readonly dependencies: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
  /** Names of platform types that the sources need. */
  readonly types: readonly string[];
  /** Whether there are tests among the sources: vitest runs them, and nothing compiles them. */
  readonly tested?: boolean;
}

/** The files that every package has: its manifest, the settings of its build, and its licence. */
export function emitPackageFiles(plan: PackagePlan, manifest: Manifest): readonly GeneratedFile[] {
  return [
    { path: "package.json", text: printJson(describePackage(plan, manifest)) },
    { path: "tsconfig.json", text: printJson(describeCompilation(plan, manifest)) },
    { path: "rolldown.config.js", text: printBundling(plan, manifest) },
    { path: "LICENSE", text: licenseText },
  ];
}

const testScript =
  "vitest run --reporter=default --reporter=json --outputFile=.test-results/results.json";

function describePackage({ names, version, service }: PackagePlan, manifest: Manifest): object {
  const exports = Object.entries(manifest.exports).map(([subpath, module]) => [
    subpath,
    { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` },
  ]);
  const overlay = service.provenance?.overlay;
  return {
    name: names.packages[manifest.kind],
    version,
    description: manifest.description,
    keywords: ["aws", ...service.sdkId.toLowerCase().split(" "), ...manifest.keywords],
    license: "Apache-2.0",
    type: "module",
    sideEffects: false,
    exports: { ...Object.fromEntries(exports), "./package.json": "./package.json" },
    files: ["dist/**/*.js", "dist/**/*.d.ts"],
    engines: { node: ">=20.19.0" },
    publishConfig: { access: "public" },
    scripts: {
      build: "rolldown -c && tsc --emitDeclarationOnly",
      typecheck: "tsc --noEmit",
      ...(manifest.tested && { test: testScript }),
    },
    dependencies: manifest.dependencies,
    ...(manifest.peerDependencies && { peerDependencies: manifest.peerDependencies }),
    devDependencies: {
      ...manifest.devDependencies,
      rolldown: "^1.2.0",
      ...(manifest.tested && { vitest: "^5.1.1" }),
    },
    pawprint: {
      service: names.slug,
      package: manifest.kind,
      generator: `@pawprint/codegen@${version}`,
      model: {
        source: service.source,
        apiVersion: service.version,
        sha256: service.provenance?.digest,
      },
      overlay: overlay && { source: overlay.source, sha256: overlay.digest },
    },
  };
}

/** Complete in itself, so that a package compiles wherever it is generated. */
function describeCompilation({ names }: PackagePlan, { kind, types, tested }: Manifest): object {
  const core = kind === "core" ? undefined : "../core";
  return {
    compilerOptions: {
      target: "ES2022",
      lib: ["ES2023"],
      types,
      module: "NodeNext",
      moduleDetection: "force",
      rootDir: "src",
      outDir: "dist",
      composite: true,
      tsBuildInfoFile: "dist/.tsbuildinfo",
      ...(core && {
        paths: {
          [names.packages.core]: [`${core}/dist/index.d.ts`],
          [`${names.packages.core}/protocol`]: [`${core}/dist/protocol.d.ts`],
        },
      }),
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      isolatedDeclarations: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      skipLibCheck: true,
    },
    include: ["src"],
    ...(tested && { exclude: ["src/**/*.test.ts"] }),
    ...(core && { references: [{ path: core }] }),
  };
}

/**
 * One file for each export, and one for what they share. It stands beside the compiler's settings,
 * which are enough for a package that runs: `tsc` makes a module of each source.
 */
function printBundling({ header }: PackagePlan, { exports }: Manifest): string {
  const input = Object.values(exports).map((module) => `./src/${module}.ts`);
  return `${header}

/** Few files: each takes 0.4 ms of a start, and a service may have hundreds. */
export default {
  input: ${JSON.stringify(input).replaceAll(",", ", ")},
  // What is imported by name is installed beside the package.
  external: [/^@/, "msw"],
  platform: "neutral",
  transform: { target: "es2022" },
  output: {
    dir: "dist",
    cleanDir: true,
    chunkFileNames: "[name].js",
    minifyInternalExports: false,
    codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] },
  },
};
`;
}

function printJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
