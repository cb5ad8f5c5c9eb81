import type { Result } from "./program/result.ts";

/** How a program gets at the packages. */
export interface Way {
  readonly platform: "edge" | "node";
  /**
   * `import` and `require` load the installed packages themselves; `bundle` puts them into one file,
   * as users do where nothing can be installed.
   */
  readonly loading: "bundle" | "import" | "require";
  /** Whether a bundle has to find Node's modules there, without an import. Default: false, and it refuses to run where it does. */
  readonly hasNode?: boolean;
}

/** A runtime that the packages are for. */
export interface Runtime {
  /** Such as `Node 20`. */
  readonly name: string;
  readonly ways: readonly Way[];
  /** The end of each program: calls `run(bench)`, a function that is there, and hands on what it promises. */
  readonly entry: string;
  /** What cannot be done in it, whoever tries. */
  readonly limits?: readonly Limit[];
  /** Looks for it on this machine. */
  readonly find: () => Promise<Engine | Missing>;
}

/** Protocol tests that fail in one runtime, and why. */
export interface Limit {
  /** What the name of the runtime can stand before. */
  readonly reason: string;
  /** Ids of tests. */
  readonly tests: readonly string[];
}

export interface Missing {
  /** Why it is not here, for people. */
  readonly missing: string;
}

/** A runtime on this machine. */
export interface Engine {
  /** Such as `20.20.2`. */
  readonly version: string;
  /** Runs a program to its end. Rejects with a `RuntimeFailure` where it gives no results. */
  readonly run: (program: Program) => Promise<readonly Result[]>;
}

export interface Program {
  /** Absolute, in the project that the packages are installed in. */
  readonly file: string;
  /** The URL of the harness for this run. */
  readonly bench: string;
  /** Milliseconds until it has to be over. */
  readonly deadline: number;
}

/** A program gave no results: its runtime crashed, hung, or said something else. */
export class RuntimeFailure extends Error {
  override readonly name = "RuntimeFailure";
}

/** Reads what a program handed on. */
export function readResults(text: string): readonly Result[] {
  try {
    const results = JSON.parse(text) as unknown;
    if (Array.isArray(results) && results.every(isResult)) return results;
  } catch {
    // It is said below what came instead.
  }
  throw new RuntimeFailure(`gave no results, but ${JSON.stringify(text.slice(0, 500))}`);
}

function isResult(value: unknown): value is Result {
  const { group, name, ok, message } = (value ?? {}) as Partial<Result>;
  const texts = [group, name, message].every((text) => typeof text === "string");
  return texts && typeof ok === "boolean";
}
