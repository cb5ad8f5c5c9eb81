import type { ExportDeclarationStructure, ImportDeclarationStructure } from "ts-morph";
import { Project, StructureKind } from "ts-morph";
import type { Code, CodeValue, ImportedSymbol } from "./code.ts";
import { join, printCode, symbolsOf } from "./code.ts";
import { formatTypeScript } from "./format.ts";

/** A file of a generated package. */
export interface GeneratedFile {
  /** Inside the package, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** What a module hands on from another one. */
export interface Reexport {
  readonly from: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/**
 * Prints a TypeScript file: the header, the imports that its code asks for, and the code. A symbol
 * whose name the file needs itself is imported under another one.
 */
export function emitSourceFile(
  path: string,
  header: string,
  declarations: readonly CodeValue[],
): GeneratedFile {
  const body = join(declarations, "\n\n");
  const symbols = symbolsOf(body);
  const names = nameImports(symbols, declaredNames(body));
  const text = printCode(body, (symbol) => names.get(keyOf(symbol)) ?? symbol.name);
  return printFile(path, header, describeImports(symbols, names), text);
}

/** Prints a file that only hands on what other modules export. */
export function emitReexportFile(
  path: string,
  header: string,
  reexports: readonly Reexport[],
): GeneratedFile {
  return printFile(path, header, reexports.map(describeReexport), "");
}

type Statement = ExportDeclarationStructure | ImportDeclarationStructure;

const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });

/**
 * One call for each file: adding declarations one by one takes a hundred times as long. The body stays
 * out of it: the formatter parses it anyway, and once is enough.
 */
function printFile(
  path: string,
  header: string,
  statements: readonly Statement[],
  body: string,
): GeneratedFile {
  const structure = { statements: [header, ...statements] };
  const sourceFile = project.createSourceFile(path, structure, { overwrite: true });
  const head = sourceFile.getFullText();
  sourceFile.forget();
  return { path, text: formatTypeScript(path, `${head}\n${body}`) };
}

/** What the code declares at its top level. */
function declaredNames(body: Code): ReadonlySet<string> {
  const declaration =
    /^(?:export )?(?:declare )?(?:async )?(?:abstract )?(?:const|let|function|class|interface|type) ([\w$]+)/gm;
  return new Set([...printCode(body).matchAll(declaration)].map(([, name = ""]) => name));
}

function keyOf({ name, from }: ImportedSymbol): string {
  return `${from}#${name}`;
}

function nameImports(
  symbols: readonly ImportedSymbol[],
  declared: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(declared);
  for (const symbol of symbols) {
    const key = keyOf(symbol);
    if (names.has(key)) continue;
    let { name } = symbol;
    while (taken.has(name)) name = `${name}_`;
    taken.add(name);
    names.set(key, name);
  }
  return names;
}

function describeImports(
  symbols: readonly ImportedSymbol[],
  names: ReadonlyMap<string, string>,
): readonly ImportDeclarationStructure[] {
  const modules = new Map<string, Map<string, ImportedSymbol>>();
  for (const symbol of symbols) {
    const module = modules.get(symbol.from) ?? new Map<string, ImportedSymbol>();
    const known = module.get(symbol.name);
    // Where a name is used both as a type and as a value, the import has to bring the value.
    if (known === undefined || known.typeOnly) module.set(symbol.name, symbol);
    modules.set(symbol.from, module);
  }
  return [...modules].sort(byModule).map(([from, module]) => {
    const isTypeOnly = [...module.values()].every(({ typeOnly }) => typeOnly);
    return {
      kind: StructureKind.ImportDeclaration,
      moduleSpecifier: from,
      isTypeOnly,
      namedImports: [...module.values()].sort(byName).map((symbol) => {
        const alias = names.get(keyOf(symbol));
        return {
          name: symbol.name,
          isTypeOnly: symbol.typeOnly && !isTypeOnly,
          ...(alias !== undefined && alias !== symbol.name && { alias }),
        };
      }),
    };
  });
}

function describeReexport({ from, values, types }: Reexport): ExportDeclarationStructure {
  const isTypeOnly = values.length === 0;
  const specifiers = [
    ...values.map((name) => ({ name, isTypeOnly: false })),
    ...types.map((name) => ({ name, isTypeOnly: !isTypeOnly })),
  ];
  return {
    kind: StructureKind.ExportDeclaration,
    moduleSpecifier: from,
    isTypeOnly,
    namedExports: specifiers.sort(byName),
  };
}

/** Packages first, then the package's own modules. */
function byModule([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  const rank = (from: string): string => (from.startsWith(".") ? `1${from}` : `0${from}`);
  return rank(left) < rank(right) ? -1 : 1;
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
