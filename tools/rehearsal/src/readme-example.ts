/** The first thing that a README tells its readers to do. */
export interface ReadmeExample {
  /** The command that installs what it needs, such as `npm install example`. */
  readonly install: string;
  /** The program, as it stands there. */
  readonly code: string;
}

/** Absent where a README has no command that installs, or no program after it. */
export function findFirstExample(readme: string): ReadmeExample | undefined {
  const blocks = [...readme.matchAll(/^```(?<language>\w+)\n(?<text>[\s\S]*?)^```$/gm)].map(
    ({ groups: { language = "", text = "" } = {} }) => ({ language, text }),
  );
  const start = blocks.findIndex(
    ({ language, text }) => language === "sh" && text.startsWith("npm install "),
  );
  if (start === -1) return undefined;
  const program = blocks.slice(start).find(({ language }) => language === "ts");
  return program && { install: blocks[start]?.text.trim() ?? "", code: program.text };
}

/** The packages that a program imports. */
export function listImports(code: string): readonly string[] {
  const specifiers = [...code.matchAll(/^(?:import|\} from) .*?"(?<specifier>[^"]+)";$/gm)].map(
    ({ groups: { specifier = "" } = {} }) => specifier,
  );
  const packages = specifiers
    .filter((specifier) => !specifier.startsWith("node:"))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier);
  return [...new Set(packages)];
}
