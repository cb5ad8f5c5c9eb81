import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, modules, type Program, strictness } from "./program.ts";

/** Checks a program with a compiler's command line, whose path is given. */
export function checkWithTsc(tsc: string, program: Program): readonly Finding[] {
  const { project, files, resolution, lib, types } = program;
  const compilerOptions = {
    ...strictness,
    module: modules[resolution],
    moduleResolution: resolution,
    lib,
    types,
  };
  const config = join(project, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const args = [tsc, "--project", config, "--pretty", "false"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: "utf8",
  });
  const findings = readFindings(stdout);
  if (status !== 0 && findings.length === 0) throw new Error(`${tsc}: ${stdout}${stderr}`);
  return findings;
}

/** Lines such as `web.ts(3,1): error TS2322: …`, each with the indented lines that explain it. */
function readFindings(output: string): readonly Finding[] {
  const pattern =
    /^(?:(?<file>\S.*)\((?<line>\d+),\d+\): )?error TS(?<code>\d+): (?<message>.*(?:\n[ \t].*)*)/gm;
  return [...output.matchAll(pattern)].map(({ groups = {} }) => ({
    file: groups.file ?? "",
    line: Number(groups.line ?? 0),
    code: Number(groups.code),
    message: groups.message ?? "",
  }));
}
