import { createRequire } from "node:module";
import { dirname } from "node:path";
import type ts from "typescript-6.0";
import type { EntryPoint } from "../entry-points.ts";

const typescript = createRequire(import.meta.url)("typescript-6.0") as typeof ts;

/**
 * Prints all that users can import from some modules: the declarations that the compiler has made,
 * without comments, in the order of their names. What is described in the report of another of
 * these modules is only named: exports of other packages, and what declarations need of them. What
 * declarations need and no module exports stands at the end.
 */
export function printReports(entryPoints: readonly EntryPoint[]): ReadonlyMap<EntryPoint, string> {
  const program = typescript.createProgram({
    rootNames: entryPoints.map(({ declarations }) => declarations),
    options: {
      module: typescript.ModuleKind.NodeNext,
      lib: ["lib.es2023.d.ts", "lib.webworker.d.ts"],
      types: [],
      skipLibCheck: true,
      noEmit: true,
    },
  });
  const checker = program.getTypeChecker();
  const modules = entryPoints.map((entryPoint) => {
    const file = program.getSourceFile(entryPoint.declarations);
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${entryPoint.declarations}: is no module`);
    const exports = listExports(checker, module);
    return { entryPoint, exports };
  });
  const homes = new Map<ts.Symbol, string>();
  for (const { entryPoint, exports } of modules) {
    const name = findPackage(entryPoint.declarations);
    for (const { target } of exports) {
      if (findPackage(findFile(target)) === name && !homes.has(target)) {
        homes.set(target, entryPoint.specifier);
      }
    }
  }
  return new Map(
    modules.map(({ entryPoint, exports }) => [
      entryPoint,
      new Report(checker, entryPoint, homes).print(exports),
    ]),
  );
}

/** A name that a module exports, and what it stands for. */
interface Export {
  readonly name: string;
  readonly target: ts.Symbol;
}

function listExports(checker: ts.TypeChecker, module: ts.Symbol): readonly Export[] {
  return checker
    .getExportsOfModule(module)
    .map((symbol) => ({ name: symbol.name, target: follow(checker, symbol) }))
    .sort((one, other) => compare(one.name, other.name));
}

class Report {
  private readonly checker: ts.TypeChecker;
  private readonly entryPoint: EntryPoint;
  private readonly package: string;
  /** The module whose report describes a symbol. */
  private readonly homes: ReadonlyMap<ts.Symbol, string>;
  private readonly exported = new Set<ts.Symbol>();
  private readonly needed = new Map<ts.Symbol, string>();

  constructor(
    checker: ts.TypeChecker,
    entryPoint: EntryPoint,
    homes: ReadonlyMap<ts.Symbol, string>,
  ) {
    this.checker = checker;
    this.entryPoint = entryPoint;
    this.package = findPackage(entryPoint.declarations);
    this.homes = homes;
  }

  print(exports: readonly Export[]): string {
    for (const { target } of exports) this.exported.add(target);
    const own = exports.filter(({ target }) => this.isOwn(target));
    const foreign = exports.filter(({ target }) => !this.isOwn(target));
    const declarations = own.map(({ name, target }) => this.printExport(name, target));
    // Grows while what is needed needs more.
    for (const symbol of this.needed.keys()) this.needed.set(symbol, this.printNeeded(symbol));
    const needed = [...this.needed].sort(([one], [other]) => compare(one.name, other.name));
    const sections = [
      needed.filter(([symbol]) => this.homes.has(symbol)).map(([, text]) => text),
      foreign.map(({ name, target }) => this.printForeign(name, target)),
      ...declarations.map((text) => [text]),
      ...needed.filter(([symbol]) => !this.homes.has(symbol)).map(([, text]) => [text]),
    ].filter((lines) => lines.length > 0);
    const code = sections.map((lines) => lines.join("\n")).join("\n\n");
    return `# ${this.entryPoint.specifier}\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
  }

  private isOwn(symbol: ts.Symbol): boolean {
    return findPackage(findFile(symbol)) === this.package;
  }

  private printForeign(name: string, symbol: ts.Symbol): string {
    const origin = this.homes.get(symbol) ?? findPackage(findFile(symbol));
    return `${isType(symbol) ? "export type" : "export"} { ${name} } from "${origin}";`;
  }

  private printExport(name: string, symbol: ts.Symbol): string {
    const text = this.printOwn(symbol);
    return name === symbol.name ? text : `${text}\nexport { ${symbol.name} as ${name} };`;
  }

  private printNeeded(symbol: ts.Symbol): string {
    const home = this.homes.get(symbol);
    if (home !== undefined) return `import type { ${symbol.name} } from "${home}";`;
    return `// Not exported\n${this.printOwn(symbol).replaceAll(/^export /gm, "")}`;
  }

  private printOwn(symbol: ts.Symbol): string {
    return (symbol.declarations ?? []).map((declaration) => this.printNode(declaration)).join("\n");
  }

  private printNode(declaration: ts.Declaration): string {
    this.findNeeded(declaration);
    // The keywords of a variable stand before the list that it is in.
    const node = typescript.isVariableDeclaration(declaration)
      ? declaration.parent.parent
      : declaration;
    const printer = typescript.createPrinter({ removeComments: true });
    return printer.printNode(typescript.EmitHint.Unspecified, node, declaration.getSourceFile());
  }

  /** Notes what a declaration names of its own package and users cannot import. */
  private findNeeded(node: ts.Node): void {
    typescript.forEachChild(node, (child) => this.findNeeded(child));
    if (!typescript.isIdentifier(node)) return;
    const found = this.checker.getSymbolAtLocation(node);
    const symbol = found && follow(this.checker, found);
    if (symbol === undefined || this.exported.has(symbol) || this.needed.has(symbol)) return;
    if (isTopLevel(symbol) && this.isOwn(symbol)) this.needed.set(symbol, "");
  }
}

function follow(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & typescript.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isTopLevel({ declarations: [declaration] = [] }: ts.Symbol): boolean {
  if (declaration === undefined) return false;
  const { parent } = typescript.isVariableDeclaration(declaration)
    ? declaration.parent.parent
    : declaration;
  return parent !== undefined && typescript.isSourceFile(parent);
}

function isType(symbol: ts.Symbol): boolean {
  return (symbol.flags & typescript.SymbolFlags.Value) === 0;
}

function findFile(symbol: ts.Symbol): string {
  const file = symbol.declarations?.[0]?.getSourceFile().fileName;
  if (file === undefined) throw new Error(`${symbol.name}: is declared nowhere`);
  return file;
}

/** The name of the package that a file is in, or else its folder. */
function findPackage(file: string): string {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? dirname(file);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
