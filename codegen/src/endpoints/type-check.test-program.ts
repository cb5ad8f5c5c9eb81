import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GeneratedFile } from "../emit/source-file.ts";

const repository = new URL("../../../", import.meta.url);
const runtime = fileURLToPath(new URL("packages/runtime/src", repository));

/** What printed code imports, as far as endpoints need it. */
const protocol = `
  export { type Arn, parseArn } from "${runtime}/endpoints/arn.ts";
  export type { EndpointParameters, ResolvedEndpoint } from "${runtime}/endpoints/endpoint.ts";
  export { isValidHostLabel, isVirtualHostableS3Bucket } from "${runtime}/endpoints/host-label.ts";
  export { type Partition, partition } from "${runtime}/endpoints/partition.ts";
  export { split, substring } from "${runtime}/endpoints/text.ts";
  export { type ParsedUrl, parseUrl, uriEncode } from "${runtime}/endpoints/url.ts";
  export { ConfigurationError } from "${runtime}/errors.ts";
`;

/** Gives what tsc has to say of files, under the settings of generated packages: best nothing. */
export async function typeCheck(files: readonly GeneratedFile[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "pawprint-type-check-"));
  const config = {
    extends: fileURLToPath(new URL("tsconfig.base.json", repository)),
    compilerOptions: {
      noEmit: true,
      // The runtime's sources are compiled with what is checked, and they use web standards.
      lib: ["ES2023", "WebWorker"],
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: false,
      paths: { "@pawprint/runtime/protocol": ["./protocol.ts"] },
    },
    include: ["*.ts"],
  };
  const written: readonly GeneratedFile[] = [
    ...files,
    { path: "protocol.ts", text: protocol },
    { path: "package.json", text: JSON.stringify({ type: "module" }) },
    { path: "tsconfig.json", text: JSON.stringify(config) },
  ];
  try {
    await Promise.all(written.map(({ path, text }) => writeFile(join(directory, path), text)));
    return await runTsc(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

function runTsc(directory: string): Promise<string> {
  const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", repository));
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "-p", directory], (failure, stdout) => {
      resolve(stdout === "" && failure !== null ? failure.message : stdout);
    });
  });
}
