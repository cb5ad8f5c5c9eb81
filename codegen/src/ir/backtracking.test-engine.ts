import { type AST, RegExpParser } from "@eslint-community/regexpp";

/**
 * How many characters a backtracking engine compares until it knows whether the expression matches,
 * by the semantics of the language: https://tc39.es/ecma262/#sec-pattern-semantics
 */
export function countComparisons(expression: RegExp, text: string): number {
  const { source } = expression;
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, true);
  const engine = new BacktrackingEngine([...text]);
  engine.search(alternatives);
  return engine.comparisons;
}

type Continue = (at: number) => boolean;

class BacktrackingEngine {
  comparisons = 0;
  private readonly text: readonly string[];

  constructor(text: readonly string[]) {
    this.text = text;
  }

  search(alternatives: readonly AST.Alternative[]): void {
    for (let at = 0; at <= this.text.length; at += 1) {
      if (this.choice(alternatives, at, () => true)) return;
    }
  }

  private choice(alternatives: readonly AST.Alternative[], at: number, next: Continue): boolean {
    return alternatives.some(({ elements }) => this.sequence(elements, at, next));
  }

  private sequence(elements: readonly AST.Element[], at: number, next: Continue): boolean {
    const [element, ...rest] = elements;
    if (element === undefined) return next(at);
    return this.element(element, at, (end) => this.sequence(rest, end, next));
  }

  private element(element: AST.Element, at: number, next: Continue): boolean {
    switch (element.type) {
      case "Assertion":
        return this.holds(element, at) && next(at);
      case "Quantifier":
        return this.repeat(element, { at, next, min: element.min, max: element.max });
      case "Group":
      case "CapturingGroup":
        return this.choice(element.alternatives, at, next);
      default: {
        this.comparisons += 1;
        const character = this.text[at];
        return character !== undefined && takes(element.raw, character) && next(at + 1);
      }
    }
  }

  private holds(assertion: AST.Assertion, at: number): boolean {
    switch (assertion.kind) {
      case "start":
        return at === 0;
      case "end":
        return at === this.text.length;
      case "lookahead":
        return this.choice(assertion.alternatives, at, () => true) !== assertion.negate;
      default:
        throw new TypeError(`the engine of this test knows no ${assertion.kind}`);
    }
  }

  private repeat(
    quantifier: AST.Quantifier,
    state: {
      readonly at: number;
      readonly next: Continue;
      readonly min: number;
      readonly max: number;
    },
  ): boolean {
    const { at, next, min, max } = state;
    if (max === 0) return next(at);
    const again: Continue = (end) =>
      (min > 0 || end > at) &&
      this.repeat(quantifier, { at: end, next, min: Math.max(0, min - 1), max: max - 1 });
    if (min > 0) return this.element(quantifier.element, at, again);
    if (!quantifier.greedy) return next(at) || this.element(quantifier.element, at, again);
    return this.element(quantifier.element, at, again) || next(at);
  }
}

const classes = new Map<string, RegExp>();

function takes(source: string, character: string): boolean {
  const expression = classes.get(source) ?? new RegExp(`^(?:${source})$`, "u");
  classes.set(source, expression);
  return expression.test(character);
}
