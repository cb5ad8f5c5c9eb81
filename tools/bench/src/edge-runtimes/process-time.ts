import { readFile } from "node:fs/promises";

/** How often the kernel counts in a second, for programs: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const ticksPerSecond = 100;

/** Microseconds of CPU time of a process so far, user and system; nothing where the system does not say. */
export async function readProcessTime(pid: number): Promise<number | undefined> {
  if (process.platform !== "linux") return undefined;
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  // The second field is the name of the program in parentheses, and may have spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return ((user + system) / ticksPerSecond) * 1e6;
}
