import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** What a text may cost: V8 walks some 300,000 steps in a millisecond. */
const maxSteps = 10_000_000;
/** What a character may cost where a text is so long that all together may cost more than that. */
const maxStepsPerCharacter = 1_000;

/** What a proof may cost: an expression that needs more counts as one of which nothing is known. */
const maxStates = 1_000;
const maxUnrolled = 256;

/**
 * The greatest number of steps in which a backtracking engine tells whether an expression matches a
 * text of a length: in code points, or in code units where it has no `u` flag. The length may be
 * infinite, and so may the number, where each character costs a limited one.
 *
 * Nothing comes back where there are too many steps, or where no number can be proved, as for
 * backreferences.
 *
 * Such an engine walks a tree of all ways through the expression that agree with the text. Where a
 * text fails at its end, it walks all of that tree. This counts the tree's branches after each
 * character, for all texts at once.
 */
export function countSteps(
  expression: RegExp,
  { longest, effort = 1_000_000 }: StepOptions,
): number | undefined {
  const { source, unicode } = expression;
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, { unicode });
  const flags = unicode ? "u" : "";
  const options = { flags, longest, effort, place: "anywhere" } as const;
  return (
    new Automaton(alternatives, { ...options, unrolls: false }).countSteps() ??
    new Automaton(alternatives, { ...options, unrolls: true }).countSteps()
  );
}

export interface StepOptions {
  /** The length of the longest text. */
  readonly longest: number;
  /**
   * How much may be compared for the proof. Default: 1,000,000, which takes a tenth of a second, and
   * is enough for all but the worst. Lower it where a proof is no more than welcome.
   */
  readonly effort?: number;
}

/** A part of the expression that takes one character. */
interface State {
  /** The characters that it takes. */
  readonly symbols: ReadonlySet<string>;
  /** The states that may take the next character, with the number of ways to each. */
  readonly next: Map<State, number>;
}

/** Numbers of ways, by the state to which they lead. */
type Ways = ReadonlyMap<State, number>;

const nowhere: Ways = new Map();

/** A part of an expression, as its surroundings see it. */
interface Part {
  readonly first: Ways;
  readonly last: Ways;
  /** The number of ways through the part that take no character. */
  readonly empty: number;
  /** How many characters the part takes at most. */
  readonly longest: number;
}

const nothing: Part = { first: nowhere, last: nowhere, empty: 1, longest: 0 };

/** Where a part stands, as far as that changes what it costs. */
interface Position {
  /** Nothing but assertions is before it, and no other start is tried. */
  readonly isFirst: boolean;
  /** Nothing is after it: to reach its end is to match. */
  readonly isLast: boolean;
}

const within: Position = { isFirst: false, isLast: false };

interface AutomatonOptions {
  readonly flags: "" | "u";
  readonly longest: number;
  readonly effort: number;
  /** Where a text is to match: `before` and `after` are for lookbehind and lookahead. */
  readonly place: "after" | "anywhere" | "before";
  /** Whether repetitions are counted, or else taken for ones without an end. */
  readonly unrolls: boolean;
}

/**
 * Glushkov's automaton with numbers on its edges, for two ways between two states are walked twice.
 * It has all ways that an engine can go, and more: what only narrows them (the number of
 * repetitions, lookaround, boundaries) is not in it.
 */
class Automaton {
  private readonly options: AutomatonOptions;
  private readonly alphabet: readonly string[];
  private stateCount = 0;
  private readonly symbolsOf = new Map<string, ReadonlySet<string>>();
  private readonly start: State;
  private readonly longest: number;
  /** The steps of lookaround that is evaluated once, and of that which any state may evaluate. */
  private readonly assertions = { once: 0, anywhere: 0 };
  private isProvable = true;

  constructor(alternatives: readonly AST.Alternative[], options: AutomatonOptions) {
    this.options = options;
    this.alphabet = readAlphabet(alternatives, options.flags);
    this.start = this.addState(new Set());
    const anchored = alternatives.filter((one) => this.isAnchored(one));
    const floating = alternatives.filter((one) => !this.isAnchored(one));
    const isFirst = floating.length === 0;
    const once = this.choice(anchored, { isFirst, isLast: true });
    const anywhere = this.choice(floating, { isFirst: false, isLast: true });
    const before = this.addState(new Set(floating.length > 0 ? this.alphabet : []));
    connect(new Map([[this.start, 1]]), once.first);
    for (const state of [this.start, before]) {
      connect(new Map([[state, 1]]), new Map([...anywhere.first, [before, 1]]));
    }
    this.longest = isFirst ? Math.min(once.longest, options.longest) : options.longest;
  }

  /**
   * A subset construction whose sets know how often they hold a state. A set that has no state more
   * often than another one is dropped: no text that follows can make it worse than that one.
   */
  countSteps(): number | undefined {
    const symbols = this.selectSymbols();
    let worst: readonly Ways[] = [];
    let latest: readonly Ways[] = [new Map([[this.start, 1]])];
    let steps = 0;
    let comparisons = 0;
    for (let length = 0; this.isProvable && length < this.longest; length += 1) {
      const added = latest.flatMap((ways) => follow(ways, symbols));
      comparisons += added.length * (1 + worst.length);
      const before = new Set(worst);
      worst = selectWorst(worst, added);
      latest = worst.filter((ways) => !before.has(ways));
      const most = Math.max(0, ...worst.map((ways) => this.weigh(ways)));
      if (latest.length === 0) {
        const all = steps + most * (this.longest - length);
        return most <= maxStepsPerCharacter || all <= maxSteps
          ? all + this.assertions.once
          : undefined;
      }
      steps += most;
      if (steps > maxSteps || comparisons > this.options.effort) return undefined;
    }
    return this.isProvable ? steps + this.assertions.once : undefined;
  }

  /** Each way on is tried at each state, and maybe each lookaround. */
  private weigh(ways: Ways): number {
    let steps = 0;
    for (const [{ next }, count] of ways) steps += count * (1 + sum(next.values()));
    return steps * (1 + this.assertions.anywhere);
  }

  /** One character for each group of those that no state tells apart. */
  private selectSymbols(): readonly string[] {
    const groups = new Map<string, string>();
    for (const symbol of this.alphabet) {
      const sets = [...this.symbolsOf.values()];
      groups.set(sets.map((set) => (set.has(symbol) ? "1" : "0")).join(""), symbol);
    }
    return [...groups.values()];
  }

  private isAnchored({ elements }: AST.Alternative): boolean {
    if (this.options.place !== "anywhere") return true;
    const [first] = elements;
    if (first?.type === "Assertion") return first.kind === "start";
    return (
      (first?.type === "Group" || first?.type === "CapturingGroup") &&
      first.alternatives.every((alternative) => this.isAnchored(alternative))
    );
  }

  private choice(alternatives: readonly AST.Alternative[], position: Position): Part {
    const parts = alternatives.map(({ elements }) => this.sequence(elements, position));
    return {
      first: add(parts.map(({ first }) => first)),
      last: add(parts.map(({ last }) => last)),
      empty: sum(parts.map(({ empty }) => empty)),
      longest: Math.max(0, ...parts.map(({ longest }) => longest)),
    };
  }

  private sequence(elements: readonly AST.Element[], { isFirst, isLast }: Position): Part {
    // Lookbehind is matched from its end.
    const inOrder = this.options.place === "before" ? elements.toReversed() : elements;
    const start = inOrder.findIndex(({ type }) => type !== "Assertion");
    return inOrder
      .map((element, index) =>
        this.element(element, {
          isFirst: isFirst && (start < 0 || index <= start),
          isLast: isLast && index === inOrder.length - 1,
        }),
      )
      .reduce(concatenate, nothing);
  }

  private element(element: AST.Element | AST.QuantifiableElement, position: Position): Part {
    if (!this.isProvable) return nothing;
    switch (element.type) {
      case "Assertion":
        this.assertion(element, position);
        return nothing;
      case "Quantifier":
        return this.quantifier(element, position);
      case "Group":
      case "CapturingGroup":
        return this.choice(element.alternatives, position);
      case "Character":
      case "CharacterClass":
      case "CharacterSet": {
        const state = this.addState(this.selectMatches(element.raw));
        const ways = new Map([[state, 1]]);
        return { first: ways, last: ways, empty: 0, longest: 1 };
      }
      default:
        // A backreference takes any number of characters, a class of the `v` flag likewise.
        this.isProvable = false;
        return nothing;
    }
  }

  private assertion(assertion: AST.Assertion, { isFirst }: Position): void {
    if (assertion.kind !== "lookahead" && assertion.kind !== "lookbehind") return;
    const place = assertion.kind === "lookahead" ? "after" : "before";
    const steps = new Automaton(assertion.alternatives, { ...this.options, place }).countSteps();
    if (isFirst && steps !== undefined) this.assertions.once += steps;
    else if (steps !== undefined && Number.isFinite(steps)) this.assertions.anywhere += steps;
    else this.isProvable = false;
  }

  private quantifier(quantifier: AST.Quantifier, { isLast }: Position): Part {
    const { element, min } = quantifier;
    const takesOne = /^Character(?:Class|Set)?$/.test(element.type);
    // Nothing makes an engine come back to repetitions at the end: any number of them matches.
    const max = isLast && takesOne ? min : quantifier.max;
    if (max === 0) return nothing;
    const isCounted =
      this.options.unrolls && (max === Number.POSITIVE_INFINITY ? min > 1 : max <= maxUnrolled);
    const part = this.element(element, within);
    if (max === 1 || (!isCounted && (part.empty === 0 || min === 0))) {
      return repeat(part, { min, max });
    }
    return this.unroll(quantifier, part);
  }

  /** Each repetition on its own. Where one that must be may take nothing, nothing else is right. */
  private unroll({ element, min, max }: AST.Quantifier, first: Part): Part {
    const next = (): Part => this.element(element, within);
    let rest = nothing;
    if (max === Number.POSITIVE_INFINITY) rest = repeat(next(), { min: 0, max });
    else {
      // From the last one on, for each of them is there only after the one before.
      for (let count = min; count < max && this.isProvable; count += 1) {
        rest = optional(concatenate(min === 0 && count === max - 1 ? first : next(), rest));
      }
    }
    for (let count = 0; count < min && this.isProvable; count += 1) {
      rest = concatenate(count === min - 1 ? first : next(), rest);
    }
    return rest;
  }

  private addState(symbols: ReadonlySet<string>): State {
    this.stateCount += 1;
    if (this.stateCount > maxStates) this.isProvable = false;
    return { symbols, next: new Map() };
  }

  /** The characters of the alphabet that a class takes, and maybe more beyond ASCII. */
  private selectMatches(source: string): ReadonlySet<string> {
    const known = this.symbolsOf.get(source);
    if (known !== undefined) return known;
    const expression = new RegExp(`^(?:${source})$`, this.options.flags);
    const hasProperty = /\\p/i.test(source);
    const symbols = new Set(
      this.alphabet.filter((symbol) => expression.test(symbol) || (hasProperty && symbol > "\x7F")),
    );
    this.symbolsOf.set(source, symbols);
    return symbols;
  }
}

function repeat(part: Part, { min, max }: { readonly min: number; readonly max: number }): Part {
  if (max > 1) connect(part.last, part.first);
  const longest = part.longest === 0 ? 0 : part.longest * max;
  return min === 0 ? optional({ ...part, longest }) : { ...part, longest };
}

/** JavaScript gives up a repetition that takes nothing where none has to be. */
function optional(part: Part): Part {
  return { ...part, empty: 1 };
}

function concatenate(one: Part, other: Part): Part {
  connect(one.last, other.first);
  return {
    first: add([one.first, multiply(other.first, one.empty)]),
    last: add([other.last, multiply(one.last, other.empty)]),
    empty: one.empty * other.empty,
    longest: one.longest + other.longest,
  };
}

function connect(from: Ways, to: Ways): void {
  for (const [{ next }, ways] of from) {
    for (const [state, others] of to) next.set(state, (next.get(state) ?? 0) + ways * others);
  }
}

/** Where each symbol leads to, without repetitions. */
function follow(ways: Ways, symbols: readonly string[]): readonly Ways[] {
  const targets = new Map<State, number>();
  for (const [{ next }, count] of ways) {
    for (const [state, edges] of next)
      targets.set(state, (targets.get(state) ?? 0) + count * edges);
  }
  // States share their sets of symbols, so there are few to tell symbols apart by.
  const sets = new Set([...targets.keys()].map((state) => state.symbols));
  const found = new Map<string, Ways>();
  for (const symbol of symbols) {
    let takers = "";
    for (const set of sets) takers += set.has(symbol) ? "1" : "0";
    if (!found.has(takers)) found.set(takers, selectTargets(targets, symbol));
  }
  return [...found.values()];
}

function selectTargets(targets: Ways, symbol: string): Ways {
  const taken = new Map<State, number>();
  for (const [state, ways] of targets) if (state.symbols.has(symbol)) taken.set(state, ways);
  return taken;
}

function selectWorst(known: readonly Ways[], added: readonly Ways[]): readonly Ways[] {
  let worst = [...known];
  for (const ways of added) {
    if (ways.size === 0 || worst.some((other) => covers(other, ways))) continue;
    worst = worst.filter((other) => !covers(ways, other));
    worst.push(ways);
  }
  return worst;
}

function covers(one: Ways, other: Ways): boolean {
  if (one.size < other.size) return false;
  for (const [state, ways] of other) if ((one.get(state) ?? 0) < ways) return false;
  return true;
}

function add(all: readonly Ways[]): Ways {
  const result = new Map<State, number>();
  for (const [state, ways] of all.flatMap((one) => [...one])) {
    result.set(state, (result.get(state) ?? 0) + ways);
  }
  return result;
}

function multiply(ways: Ways, factor: number): Ways {
  if (factor === 0) return nowhere;
  return new Map([...ways].map(([state, count]) => [state, count * factor]));
}

function sum(numbers: Iterable<number>): number {
  let result = 0;
  for (const number of numbers) result += number;
  return result;
}

/** Where the classes of JavaScript begin and end: `.`, `\d`, `\s`, `\w` and their opposites. */
const classEdges: readonly number[] = [
  0, 0x09, 0x0a, 0x0b, 0x0d, 0x0e, 0x20, 0x21, 0x30, 0x3a, 0x41, 0x5b, 0x5f, 0x60, 0x61, 0x7b, 0x80,
  0xa0, 0xa1, 0x1680, 0x1681, 0x2000, 0x200b, 0x2028, 0x202a, 0x202f, 0x2030, 0x205f, 0x2060,
  0x3000, 0x3001, 0xfeff, 0xff00,
];

/**
 * A character of each stretch in which no part of the expression begins or ends. Properties of
 * Unicode change in ASCII at known places only if each character is one; beyond, they take all.
 */
function readAlphabet(
  alternatives: readonly AST.Alternative[],
  flags: AutomatonOptions["flags"],
): readonly string[] {
  const edges = new Set(classEdges);
  for (const alternative of alternatives) {
    visitRegExpAST(alternative, {
      onCharacterEnter({ value }) {
        edges.add(value).add(value + 1);
      },
      onCharacterClassRangeEnter({ min, max }) {
        edges.add(min.value).add(max.value + 1);
      },
      onCharacterSetEnter({ kind }) {
        if (kind === "property") for (let code = 0; code < 0x80; code += 1) edges.add(code);
      },
    });
  }
  const last = flags === "u" ? 0x10ffff : 0xffff;
  return [...edges].filter((edge) => edge <= last).map((edge) => String.fromCodePoint(edge));
}
