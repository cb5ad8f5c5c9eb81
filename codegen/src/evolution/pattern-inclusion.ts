import type { AST } from "@eslint-community/regexpp";
import { RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";
import { DFA, isDisjointWith, JS, NFA, TooManyNodesError } from "refa";

/** The strings that a client lets through, as far as their characters go. */
export interface TextLanguage {
  /** Matches somewhere in the string; absent where any characters do. */
  readonly expression: RegExp | undefined;
  /** Strings of fewer characters are not in it. */
  readonly shortest: number;
}

/**
 * Whether every string of the one is provably in the other, too. `false` also stands for what is
 * not decided here: expressions with assertions or backreferences inside, and automata that grow
 * too large.
 */
export function isIncluded(inner: TextLanguage, outer: TextLanguage): boolean {
  if (inner.shortest < outer.shortest) return false;
  if (outer.expression === undefined) return true;
  const text = inner.expression ?? /[\s\S]*/u;
  if (String(text) === String(outer.expression)) return true;
  if (text.flags !== outer.expression.flags) return false;
  const expressions = [text, outer.expression].map(readWholeText);
  const [wholeText, wholeOuter] = expressions;
  if (wholeText === undefined || wholeOuter === undefined) return false;
  try {
    const outside = DFA.fromFA(toAutomaton(wholeOuter), new DFA.LimitedNodeFactory(mostNodes));
    outside.complement();
    // A longer lower bound only makes the language smaller: a proof for a shorter one holds for it.
    const shortest = Math.min(inner.shortest, mostCounted);
    const longEnough = toAutomaton({ source: `[\\s\\S]{${shortest},}`, flags: text.flags });
    const texts = NFA.fromIntersection(
      toAutomaton(wholeText),
      longEnough,
      new NFA.LimitedNodeFactory(mostNodes),
    );
    return isDisjointWith(texts, outside);
  } catch (error) {
    if (error instanceof TooManyNodesError) return false;
    throw error;
  }
}

/** More takes longer than an answer is worth. */
const mostNodes = 1200;
const mostCounted = 16;

interface Literal {
  readonly source: string;
  readonly flags: string;
}

/** The expression for all of a string in which the given one matches somewhere. */
function readWholeText({ source, flags }: RegExp): Literal | undefined {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, flags.includes("u"));
  const wholes = pattern.alternatives.map(({ elements }) => {
    const start = isEdge(elements[0], "start");
    const end = elements.length > (start ? 1 : 0) && isEdge(elements.at(-1), "end");
    const middle = elements.slice(start ? 1 : 0, end ? -1 : undefined);
    if (!middle.every(isRegular)) return undefined;
    return `${start ? "" : "[\\s\\S]*"}${middle.map(({ raw }) => raw).join("")}${end ? "" : "[\\s\\S]*"}`;
  });
  return wholes.includes(undefined) ? undefined : { source: wholes.join("|"), flags };
}

function isEdge(element: AST.Element | undefined, kind: "end" | "start"): boolean {
  return element?.type === "Assertion" && element.kind === kind;
}

function isRegular(element: AST.Element): boolean {
  let regular = true;
  const refuse = (): void => {
    regular = false;
  };
  visitRegExpAST(element, { onAssertionEnter: refuse, onBackreferenceEnter: refuse });
  return regular;
}

function toAutomaton(literal: Literal): NFA {
  const { expression, maxCharacter } = JS.Parser.fromLiteral(literal).parse();
  return NFA.fromRegex(expression, { maxCharacter }, {}, new NFA.LimitedNodeFactory(mostNodes));
}
