import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Does what Lambda's runtime does with a function: loads the handler that the environment names,
 * calls it once with an event, and prints what it returns, or the error.
 *
 *     node local-invoke.ts '{"time":"2026-11-25T10:05:00Z"}'
 */
const { LAMBDA_TASK_ROOT = "", _HANDLER = "", TIMEOUT = "60" } = process.env;
const [module = "", name = ""] = _HANDLER.split(".");

try {
  const url = pathToFileURL(join(LAMBDA_TASK_ROOT, `${module}.mjs`));
  const { [name]: handler } = (await import(url.href)) as {
    readonly [name: string]: (event: unknown, context: object) => Promise<unknown>;
  };
  if (handler === undefined) throw new Error(`${module}.mjs exports no ${name}`);
  const deadline = Date.now() + Number(TIMEOUT) * 1000;
  const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
  const result = await handler(JSON.parse(process.argv[2] ?? "{}"), context);
  console.log(JSON.stringify(result));
} catch (error) {
  const { name, message } = error as Error;
  console.log(JSON.stringify({ errorType: name, errorMessage: message }));
  process.exitCode = 1;
}
