import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Invocation {
  /** What the function returned, or `errorType` and `errorMessage`. */
  readonly result: unknown;
  readonly failed: boolean;
  /** What it logged. */
  readonly log: string;
}

/**
 * Invokes the bundle in a process of its own, whose environment is the one that Lambda sets and
 * nothing else.
 */
export function invoke(
  event: object,
  variables: { readonly [name: string]: string },
): Promise<Invocation> {
  const program = fileURLToPath(new URL("local-invoke.ts", import.meta.url));
  const env = {
    LAMBDA_TASK_ROOT: fileURLToPath(new URL("../dist", import.meta.url)),
    _HANDLER: "handler.handler",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: "meter-usage",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
    AWS_SESSION_TOKEN: "session",
    _X_AMZN_TRACE_ID: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
    ...variables,
  };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, JSON.stringify(event)],
      { env },
      (error, stdout, stderr) => {
        // Lambda's own log has both streams, too; the result is the last line that is printed.
        const result = stdout.trim().split("\n").at(-1) ?? "";
        try {
          resolve({ result: JSON.parse(result), failed: error !== null, log: stderr });
        } catch {
          reject(new Error(`no result: ${stdout}${stderr}`));
        }
      },
    );
  });
}
