import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command line as a process of its own. */
export interface Program {
  readonly process: ChildProcess;
  /** Waits for a text on stdout that fits, and gives its groups. */
  reads(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly out: string;
    readonly error: string;
  }>;
}

const bin = fileURLToPath(new URL("../bin/marketplace-metering-emulator.js", import.meta.url));

export function startProgram(args: readonly string[], node: string = process.execPath): Program {
  const child = spawn(node, [bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let error = "";
  let check = (): void => {};
  child.stdout.on("data", (data) => {
    out += String(data);
    check();
  });
  child.stderr.on("data", (data) => {
    error += String(data);
  });
  return {
    process: child,
    reads: (pattern) =>
      new Promise((resolve, reject) => {
        check = () => {
          const found = pattern.exec(out);
          if (found !== null) resolve(found);
        };
        child.once("close", () => reject(new Error(`it ended: ${out}${error}`)));
        check();
      }),
    ended: new Promise((resolve) => {
      child.on("close", (code) => resolve({ code, out, error }));
    }),
  };
}

/** Starts a server, and gives its address, too. */
export async function startServer(
  args: readonly string[],
): Promise<Program & { readonly url: string }> {
  const program = startProgram(args);
  const [, url = ""] = await program.reads(/listening on {2}(http:\S+)/);
  return { ...program, url };
}
