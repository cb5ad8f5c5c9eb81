import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Interruption } from "tools-scratch-clone/interruption";

/** What went as it should, and what did not. Every step and every check counts as one test. */
export class Report {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Begins a part. */
  begin(title: string): void {
    this.#print(`\n${title}`);
  }

  /** Does what everything after it depends on. Throws `BrokenOff` where it fails. */
  async step<T>(what: string, action: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      const result = await action();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      this.check(`${what}  ${seconds} s`, []);
      return result;
    } catch (error) {
      if (error instanceof Interruption) throw error;
      this.check(what, [error instanceof Error ? error.message : String(error)]);
      throw new BrokenOff(`${what} failed`, { cause: error });
    }
  }

  /** Notes what was found: nothing, when all is well. */
  check(what: string, problems: readonly string[]): void {
    if (problems.length === 0) this.#passed += 1;
    else this.#failed += 1;
    this.#print(`  ${problems.length === 0 ? "✓" : "✗"} ${what}`);
    for (const line of problems.flatMap((problem) => problem.split("\n"))) {
      this.#print(`      ${line}`);
    }
  }

  /** Tells something that is neither right nor wrong. */
  note(text: string): void {
    this.#print(`  · ${text}`);
  }

  /** Notes that nothing could be tried. */
  skip(reason: string): void {
    this.#skipped += 1;
    this.#print(`Skipped: ${reason}`);
  }

  get failed(): number {
    return this.#failed;
  }

  summarize(): string {
    return `${this.#passed} passed, ${this.#failed} failed`;
  }

  /** Leaves what tools-totals adds up. */
  write(file: string): void {
    const results = {
      numPassedTests: this.#passed,
      numFailedTests: this.#failed,
      numPendingTests: this.#skipped,
      testResults: [],
    };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
  }
}

/** A step has failed, and is in the report: there is no going on. */
export class BrokenOff extends Error {
  override readonly name = "BrokenOff";
}
