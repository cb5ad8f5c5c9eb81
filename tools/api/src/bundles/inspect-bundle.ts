import { parseAst } from "rolldown/parseAst";
import type { Bundle } from "./bundler.ts";

/** Names that only Node gives a program, and those that make code of text, which Workers forbid. */
const forbiddenNames: ReadonlySet<string> = new Set([
  "Buffer",
  "__dirname",
  "__filename",
  "eval",
  "Function",
  "global",
  "process",
  "require",
  "setImmediate",
]);

/** What a bundle must not have: imports that are left, and what only Node has. Empty where all is well. */
export function inspectCode(code: string): readonly string[] {
  const findings = new Set<string>();
  visit(parseAst(code) as unknown as SyntaxNode, undefined, "", (node, parent, key) => {
    const imported = findImport(node);
    if (imported !== undefined) findings.add(`imports ${imported}`);
    if (node.type !== "Identifier" || !forbiddenNames.has(node.name ?? "")) return;
    if (isReference(parent, key)) findings.add(`uses ${node.name}`);
  });
  return [...findings].sort();
}

/**
 * The npm packages whose code is in a bundle, a polyfill's included, and what a bundler put in
 * itself: Vite puts an empty module where a program imports one of Node's.
 */
export function listPackages({ modules }: Bundle): readonly string[] {
  const names = modules
    .filter((path) => !path.startsWith("\0rolldown/runtime"))
    .map((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path)
    .filter((name) => !name.startsWith("/"));
  return [...new Set(names)].sort();
}

/** A node of the syntax tree, as ESTree has it. */
interface SyntaxNode {
  readonly type: string;
  readonly name?: string;
  readonly computed?: boolean;
  readonly shorthand?: boolean;
  readonly source?: SyntaxNode | null;
  readonly value?: unknown;
  readonly object?: SyntaxNode;
}

type Visitor = (node: SyntaxNode, parent: SyntaxNode | undefined, key: string) => void;

function visit(
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
  key: string,
  visitor: Visitor,
): void {
  visitor(node, parent, key);
  for (const [name, value] of Object.entries(node)) {
    for (const child of [value].flat()) {
      if (isNode(child)) visit(child, node, name, visitor);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value;
}

function findImport({ type, source }: SyntaxNode): string | undefined {
  if (!/^(?:Import|Export\w+)(?:Declaration|Expression)$/.test(type) || !isNode(source)) return;
  return typeof source.value === "string" ? source.value : "something that is computed";
}

/** Whether an identifier stands for a variable, or for a member of the global object. */
function isReference(parent: SyntaxNode | undefined, key: string): boolean {
  if (parent === undefined || parent.computed) return true;
  if (parent.type === "MemberExpression" && key === "property") {
    const { name = "" } = parent.object ?? {};
    return ["globalThis", "self", "window"].includes(name);
  }
  return !(key === "key" && /Property|MethodDefinition|PropertyDefinition/.test(parent.type));
}
