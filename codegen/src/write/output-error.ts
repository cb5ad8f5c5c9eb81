import { relative } from "node:path";

/** Where the packages were to go, and why they cannot: the command line prints it and exits with 2. */
export class OutputError extends Error {
  override readonly name = "OutputError";

  constructor(path: string, problem: string, options?: ErrorOptions) {
    const shown = relative(process.cwd(), path);
    super(`${shown.startsWith("..") ? path : shown || "."}: ${problem}`, options);
  }
}
