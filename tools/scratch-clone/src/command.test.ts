import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Command, CommandError, type CommandOptions, runCommand } from "./command.ts";

function run(script: string, options: Partial<CommandOptions> = {}): Promise<string> {
  const command: Command = ["bash", "-c", script];
  return runCommand(command, { folder: tmpdir(), environment: process.env, ...options });
}

test("a command gives what it printed, but no warnings", async () => {
  expect(await run("echo done; echo careful >&2")).toBe("done\n");
});

test("a command that fails is an error with everything that it printed", async () => {
  const failed = run("echo nearly; echo sorry >&2; exit 3");
  await expect(failed).rejects.toThrow(CommandError);
  await expect(failed).rejects.toThrow(/ended with 3:\n(nearly\nsorry|sorry\nnearly)$/);
});

test("a program that is not there is an error that names it", async () => {
  const command: Command = ["no-such-program"];
  const started = runCommand(command, { folder: tmpdir(), environment: process.env });
  await expect(started).rejects.toThrow("no-such-program cannot be started");
});

test("a signal ends a command, and what it has started", async () => {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const end = new AbortController();
  const script = "(while true; do touch alive; sleep 0.05; done) & wait";
  const running = run(script, { folder, signal: end.signal });
  const alive = join(folder, "alive");
  await vi.waitFor(() => expect(existsSync(alive)).toBe(true), { timeout: 30_000 });
  end.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
  rmSync(alive);
  await setTimeout(500);
  expect(existsSync(alive)).toBe(false);
});

test("after the signal, nothing is started", async () => {
  const running = run("exit 3", { signal: AbortSignal.abort(new Error("enough")) });
  await expect(running).rejects.toThrow("enough");
});
