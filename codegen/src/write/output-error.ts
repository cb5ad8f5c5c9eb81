import { isAbsolute, relative, sep } from "node:path";

/** Where the packages were to go, and why they cannot: the command line prints it and exits with 2. */
export class OutputError extends Error {
  override readonly name = "OutputError";

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`${displayOutput(path)}: ${problem}`, options);
  }
}

/** How a place on the disk is called in messages: by its path inside the working folder, or in full. */
export function displayOutput(path: string): string {
  const inside = relative(process.cwd(), path);
  if (inside === "") return ".";
  const steps = inside.split(sep);
  return steps[0] === ".." || isAbsolute(inside) ? path : steps.join("/");
}
