import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { isQuickFor } from "../ir/pattern.ts";

/** A place in a pattern that takes several characters of one class. */
export interface Gap {
  readonly min: number;
  readonly max: number;
  /** Whether the class has a character. */
  readonly allows: (character: string) => boolean;
  /** Characters of the class: letters before digits before others. */
  readonly characters: readonly string[];
  /** What stands before the gap. */
  readonly before: string;
  /** The character that the pattern asks for after the gap, where it asks for one. */
  readonly next: string | undefined;
}

/** Which of the texts that follow a pattern come, and in which order. */
export interface Plan {
  /** The texts to put into a gap, best first. */
  readonly fill: (gap: Gap) => readonly string[];
  /** The texts to try for several parts of a pattern at once, given what stands before them. */
  readonly words?: ((before: string) => readonly string[]) | undefined;
  /** How many characters of a class to try where a pattern takes one. */
  readonly choices: number;
  /** Whether a text with an optional part comes before the text without it. */
  readonly prefersMore: boolean;
  /** A part to repeat so often that the text becomes longer by about this number of characters. */
  readonly stretch?: { readonly part: AST.Quantifier; readonly by: number } | undefined;
}

/** A text that follows a pattern from its start, and whether the pattern lets more follow. */
export interface PatternText {
  readonly text: string;
  readonly isOpen: boolean;
}

/** How many steps a plan may take: a pattern can have more texts than there is time. */
const maxSteps = 20_000;

/** Up to how many repetitions each may be another text. */
const maxDepth = 64;

export function readPattern(expression: RegExp): AST.Pattern {
  const { source, unicode } = expression;
  return new RegExpParser().parsePattern(source, 0, source.length, { unicode });
}

/** Every part of a pattern that may be there more or less often. */
export function quantifiersOf(pattern: AST.Pattern): readonly AST.Quantifier[] {
  const found: AST.Quantifier[] = [];
  const visit = (alternatives: readonly AST.Alternative[]): void => {
    for (const element of alternatives.flatMap((alternative) => alternative.elements)) {
      const inner = element.type === "Quantifier" ? element.element : element;
      if (element.type === "Quantifier" && element.max > element.min) found.push(element);
      if (inner.type === "Group" || inner.type === "CapturingGroup") visit(inner.alternatives);
    }
  };
  visit(pattern.alternatives);
  return found;
}

/**
 * Texts that follow a pattern. Lookaround and word boundaries are not looked at, so that each text
 * is still to be tested.
 */
export function* enumerateTexts(
  pattern: AST.Pattern,
  expression: RegExp,
  plan: Plan,
): Generator<PatternText> {
  const walk = new PatternWalk(expression.unicode ? "u" : "", plan);
  for (const state of walk.alternatives(pattern.alternatives, start)) {
    yield { text: state.text, isOpen: !state.isEnded };
  }
}

interface State {
  readonly text: string;
  /** Whether an end anchor was passed. */
  readonly isEnded: boolean;
  readonly captures: ReadonlyMap<AST.CapturingGroup, string>;
}

const start: State = { text: "", isEnded: false, captures: new Map() };

/** What takes one character: a class, or a group that is one. */
type ClassNode =
  | AST.CapturingGroup
  | AST.CharacterClass
  | AST.CharacterSet
  | AST.ExpressionCharacterClass
  | AST.Group;

interface CharacterClass {
  readonly allows: (character: string) => boolean;
  readonly characters: readonly string[];
}

class PatternWalk {
  private readonly flags: string;
  private readonly plan: Plan;
  private readonly classes = new Map<ClassNode, CharacterClass>();
  private readonly expressions = new Map<string, RegExp>();
  private steps = 0;

  constructor(flags: string, plan: Plan) {
    this.flags = flags;
    this.plan = plan;
  }

  *alternatives(alternatives: readonly AST.Alternative[], state: State): Generator<State> {
    for (const { elements } of alternatives) yield* this.sequence(elements, 0, state);
  }

  private *sequence(
    elements: readonly AST.Element[],
    index: number,
    state: State,
  ): Generator<State> {
    const [element, following] = elements.slice(index, index + 2);
    if (element === undefined) {
      yield state;
      return;
    }
    for (const { text, end } of this.wordsAt(elements, index, state)) {
      for (const next of append(state, text)) yield* this.sequence(elements, end, next);
    }
    for (const next of this.element(element, following, state)) {
      yield* this.sequence(elements, index + 1, next);
    }
  }

  /** The plan's words, each with the longest run of elements from here that takes it. */
  private *wordsAt(
    elements: readonly AST.Element[],
    index: number,
    state: State,
  ): Generator<{ readonly text: string; readonly end: number }> {
    const { words } = this.plan;
    if (words === undefined || state.isEnded || elements[index]?.type === "Character") return;
    const anchor = elements.findIndex((element, at) => at >= index && element.type === "Assertion");
    const last = anchor < 0 ? elements.length : anchor;
    if (last - index < 2) return;
    for (const text of words(state.text)) {
      for (let end = last; end >= index + 2; end -= 1) {
        const run = elements.slice(index, end).map((element) => element.raw);
        const whole = this.expression(run.join(""));
        if (!isQuickFor(whole, text) || !whole.test(text)) continue;
        yield { text, end };
        break;
      }
    }
  }

  private *element(
    element: AST.Element,
    following: AST.Element | undefined,
    state: State,
  ): Generator<State> {
    this.steps += 1;
    if (this.steps > maxSteps) return;
    switch (element.type) {
      case "Character":
        yield* append(state, String.fromCodePoint(element.value));
        return;
      case "CharacterClass":
      case "CharacterSet":
      case "ExpressionCharacterClass": {
        const { characters } = this.classOf(element);
        // Who writes a lone dot mostly means a dot.
        const isDot = element.type === "CharacterSet" && element.kind === "any";
        const choices = isDot ? [".", ...characters] : characters;
        for (const one of choices.slice(0, this.plan.choices)) yield* append(state, one);
        return;
      }
      case "Group":
        yield* this.alternatives(element.alternatives, state);
        return;
      case "CapturingGroup":
        for (const next of this.alternatives(element.alternatives, state)) {
          const captures = new Map(next.captures).set(element, next.text.slice(state.text.length));
          yield element.references.length > 0 ? { ...next, captures } : next;
        }
        return;
      case "Backreference": {
        const captured = [element.resolved].flat().map((group) => state.captures.get(group));
        yield* append(state, captured.find((text) => text !== undefined) ?? "");
        return;
      }
      case "Quantifier":
        yield* this.quantifier(element, following, state);
        return;
      case "Assertion":
        if (element.kind === "end") yield { ...state, isEnded: true };
        else if (element.kind !== "start" || state.text === "") yield state;
    }
  }

  private *quantifier(
    quantifier: AST.Quantifier,
    following: AST.Element | undefined,
    state: State,
  ): Generator<State> {
    const { element, min, max } = quantifier;
    if (takesOneCharacter(element)) {
      for (const text of this.gapTexts(quantifier, element, following, state)) {
        yield* append(state, text);
      }
      return;
    }
    const { stretch, prefersMore } = this.plan;
    if (stretch?.part === quantifier) {
      const [unit] = this.element(element, undefined, start);
      const extra = Math.ceil(stretch.by / Math.max(1, unit?.text.length ?? 1));
      yield* this.repeat(element, Math.min(max, min + extra), state);
      return;
    }
    const counts = [min, min + 1, min + 2].filter((count) => count <= max);
    const isSlash = element.raw === "/" || element.raw === "\\/";
    for (const count of prefersMore || isSlash ? counts.reverse() : counts) {
      yield* this.repeat(element, count, state);
    }
  }

  private *repeat(element: AST.QuantifiableElement, count: number, state: State): Generator<State> {
    if (count <= 0) {
      yield state;
      return;
    }
    if (count > maxDepth) {
      yield* this.repeatFirst(element, count, state);
      return;
    }
    for (const next of this.element(element, undefined, state)) {
      yield* this.repeat(element, count - 1, next);
    }
  }

  /** Repeats the first text of a part that there is. */
  private *repeatFirst(
    element: AST.QuantifiableElement,
    count: number,
    state: State,
  ): Generator<State> {
    let last: State | undefined = state;
    for (let index = 0; index < count && last !== undefined; index += 1) {
      [last] = this.element(element, undefined, last);
    }
    if (last !== undefined) yield last;
  }

  private gapTexts(
    quantifier: AST.Quantifier,
    element: ClassNode,
    following: AST.Element | undefined,
    { text }: State,
  ): readonly string[] {
    const { stretch, fill } = this.plan;
    const extra = stretch?.part === quantifier ? stretch.by : undefined;
    const min = quantifier.min + (extra ?? 0);
    if (min > quantifier.max) return [];
    const max = extra === undefined ? quantifier.max : min;
    const next =
      following?.type === "Character" ? String.fromCodePoint(following.value) : undefined;
    return fill({ ...this.classOf(element), min, max, before: text, next });
  }

  private classOf(node: ClassNode): CharacterClass {
    const known = this.classes.get(node);
    if (known !== undefined) return known;
    const expression = this.expression(node.raw);
    const allows = (character: string): boolean => expression.test(character);
    const characters = [...handyCharacters, ...ownCharacters(node)].filter(allows);
    const found = { allows, characters };
    this.classes.set(node, found);
    return found;
  }

  /** What matches a part of the pattern and nothing else. */
  private expression(raw: string): RegExp {
    const known = this.expressions.get(raw);
    if (known !== undefined) return known;
    const found = compileWhole(raw, this.flags);
    this.expressions.set(raw, found);
    return found;
  }
}

/** A part that does not stand alone, such as a reference to a group before it, matches nothing. */
function compileWhole(raw: string, flags: string): RegExp {
  try {
    return new RegExp(`^(?:${raw})$`, flags);
  } catch {
    return /^(?!)/;
  }
}

const handyCharacters: readonly string[] = [
  ..."abcdefghijklmnopqrstuvwxyz",
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ..."1234567890",
  ..."-_./:+=,@#%&*!?'\"()[]{}<>|\\^~`;$ ",
  ..."\t\n\r",
  ..."éßαжאع你あ한€→✓😀",
];

/** The characters that a class names itself: all there is to try where no common one is in it. */
function ownCharacters(node: ClassNode): readonly string[] {
  if (node.type !== "CharacterClass") return [];
  return node.elements.flatMap((element) => {
    if (element.type === "Character") return [String.fromCodePoint(element.value)];
    if (element.type !== "CharacterClassRange") return [];
    return [element.min, element.max].map(({ value }) => String.fromCodePoint(value));
  });
}

function takesOneCharacter(element: AST.Element): element is ClassNode {
  switch (element.type) {
    case "CharacterClass":
    case "CharacterSet":
    case "ExpressionCharacterClass":
      return true;
    case "CapturingGroup":
    case "Group":
      return element.alternatives.every(({ elements: [only, ...rest] }) => {
        if (only === undefined || rest.length > 0) return false;
        return only.type === "Character" || takesOneCharacter(only);
      });
    default:
      return false;
  }
}

function* append(state: State, text: string): Generator<State> {
  if (text === "") yield state;
  else if (!state.isEnded) yield { ...state, text: state.text + text };
}
