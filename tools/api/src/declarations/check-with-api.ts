import { relative } from "node:path";
import type ts from "typescript-6.0";
import { type Check, type Finding, modules, type Program, strictness } from "./program.ts";

/** The API of a compiler, which is the same from 5.4 to 6.0 as far as it is used here. */
export type TypeScript = typeof ts;

/**
 * Checks programs with one compiler. It keeps what it has parsed, so that the next program that
 * resolves imports in the same way starts quickly.
 */
export function checkWithApi(typescript: TypeScript): Check {
  const parsed = new Map<string, ts.SourceFile | undefined>();
  return (program) => {
    const options = createOptions(typescript, program);
    const host = typescript.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getCurrentDirectory = () => program.project;
    host.getSourceFile = (file, language, ...rest) => {
      const key = `${program.resolution === "bundler"} ${file}`;
      if (!parsed.has(key)) parsed.set(key, getSourceFile(file, language, ...rest));
      return parsed.get(key);
    };
    const rootNames = program.files.map((file) => `${program.project}/${file}`);
    const compilation = typescript.createProgram({ rootNames, options, host });
    return typescript
      .getPreEmitDiagnostics(compilation)
      .map((diagnostic) => describe(typescript, program.project, diagnostic));
  };
}

function createOptions(typescript: TypeScript, program: Program): ts.CompilerOptions {
  const { options, errors } = typescript.convertCompilerOptionsFromJson(
    {
      ...strictness,
      module: modules[program.resolution],
      moduleResolution: program.resolution,
      lib: program.lib,
      types: program.types,
    },
    program.project,
  );
  if (errors[0] !== undefined) throw new Error(flatten(typescript, errors[0]));
  return options;
}

function describe(typescript: TypeScript, project: string, diagnostic: ts.Diagnostic): Finding {
  const { file, start = 0, code } = diagnostic;
  return {
    file: file === undefined ? "" : relative(project, file.fileName),
    line: file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1,
    code,
    message: flatten(typescript, diagnostic),
  };
}

function flatten(typescript: TypeScript, { messageText }: ts.Diagnostic): string {
  return typescript.flattenDiagnosticMessageText(messageText, "\n");
}
