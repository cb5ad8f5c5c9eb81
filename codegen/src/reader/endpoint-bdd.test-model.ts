/** The binary form of a diagram: its nodes as triples, the first one behind the terminal. */
export function encodeNodes(nodes: readonly (readonly [number, number, number])[]): {
  readonly nodes: string;
  readonly nodeCount: number;
} {
  const numbers = [[-1, 1, -1], ...nodes].flat();
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((value, index) => {
    bytes.writeInt32BE(value, index * 4);
  });
  return { nodes: bytes.toString("base64"), nodeCount: nodes.length + 1 };
}

interface Json {
  readonly [name: string]: unknown;
}

interface WrittenRule extends Json {
  readonly type: string;
  readonly conditions: readonly Json[];
  readonly rules?: readonly WrittenRule[];
}

/**
 * Makes a diagram of a rule set: conditions in the order in which the rules ask for them, equal
 * nodes once, and of two nodes that differ in nothing but the order of their ways, one complemented.
 */
export function toEndpointBdd(ruleSet: unknown): object {
  const { parameters, rules } = ruleSet as { parameters: Json; rules: readonly WrittenRule[] };
  return new DiagramBuilder().build(parameters, rules);
}

/** A result's number, negative, or a node's, from 0. */
type Place = number;

interface Node {
  readonly condition: number;
  readonly high: Place;
  readonly low: Place;
}

/** What names of the rule set are called in the diagram, where each name is assigned once. */
type Names = ReadonlyMap<string, string>;

const noMatch: Place = -1;

class DiagramBuilder {
  private readonly conditions = new Map<string, number>();
  private readonly written: unknown[] = [];
  private readonly assigned = new Map<string, string>();
  private readonly results = new Map<string, Place>();
  private readonly nodes: Node[] = [];
  private readonly places = new Map<string, Place>();
  private readonly choices = new Map<string, Place>();

  build(parameters: Json, rules: readonly WrittenRule[]): object {
    this.number(rules, new Map());
    const root = this.rules(rules, new Map());
    const encoder = new NodeEncoder(this.nodes);
    const first = encoder.reference(root);
    // The root is not complemented: its node is written the other way around instead.
    const last = encoder.triples.at(-1);
    if (first < -1 && last !== undefined) {
      encoder.triples[encoder.triples.length - 1] = [last[0], last[2], last[1]];
    }
    return {
      version: "1.1",
      parameters,
      conditions: this.written,
      results: [...this.results.keys()].map((result) => JSON.parse(result)),
      root: first < -1 ? -first : first,
      ...encodeNodes(encoder.triples),
    };
  }

  /** Numbers all conditions, in the order in which rules ask for them. */
  private number(rules: readonly WrittenRule[], outer: Names): void {
    for (const rule of rules) {
      let names = outer;
      for (const condition of rule.conditions) ({ names } = this.condition(condition, names));
      this.number(rule.rules ?? [], names);
    }
  }

  private rules([rule, ...others]: readonly WrittenRule[], names: Names): Place {
    if (rule === undefined) return noMatch;
    return this.rule(rule, rule.conditions, names, this.rules(others, names));
  }

  private rule(
    rule: WrittenRule,
    [condition, ...others]: readonly Json[],
    outer: Names,
    otherwise: Place,
  ): Place {
    if (condition === undefined) return this.end(rule, outer);
    const { number, negated, names } = this.condition(condition, outer);
    const match = this.rule(rule, others, names, otherwise);
    return negated ? this.choice(number, otherwise, match) : this.choice(number, match, otherwise);
  }

  private end(rule: WrittenRule, names: Names): Place {
    if (rule.rules !== undefined) return this.rules(rule.rules, names);
    const result = JSON.stringify(renamed({ ...rule, conditions: [] }, names));
    const place = this.results.get(result) ?? -2 - this.results.size;
    this.results.set(result, place);
    return place;
  }

  private condition(
    { documentation: _, assign, ...written }: Json,
    names: Names,
  ): { readonly number: number; readonly negated: boolean; readonly names: Names } {
    const [inner] = written.argv as readonly Json[];
    if (written.fn === "not" && typeof inner?.fn === "string" && assign === undefined) {
      const { number, negated } = this.condition(inner, names);
      return { number, negated: !negated, names };
    }
    const call = renamed(written, names) as Json;
    const key = JSON.stringify([call, assign]);
    const name = typeof assign === "string" ? this.nameFor(assign, key) : undefined;
    let number = this.conditions.get(key);
    if (number === undefined) {
      number = this.written.push({ ...call, ...(name !== undefined && { assign: name }) }) - 1;
      this.conditions.set(key, number);
    }
    return {
      number,
      negated: false,
      names: name === undefined ? names : new Map([...names, [String(assign), name]]),
    };
  }

  private nameFor(assign: string, key: string): string {
    const known = this.assigned.get(key);
    if (known !== undefined) return known;
    const taken = new Set(this.assigned.values());
    let name = assign;
    for (let count = 2; taken.has(name); count++) name = `${assign}_${count}`;
    this.assigned.set(key, name);
    return name;
  }

  /** What is where a condition holds and where not, with all conditions in their order. */
  private choice(condition: number, match: Place, otherwise: Place): Place {
    if (match === otherwise) return match;
    const key = `${condition} ${match} ${otherwise}`;
    const known = this.choices.get(key);
    if (known !== undefined) return known;
    const top = Math.min(condition, this.conditionAt(match), this.conditionAt(otherwise));
    const [high, low] = [true, false].map((holds) => {
      const [left, right] = [this.where(match, top, holds), this.where(otherwise, top, holds)];
      if (top !== condition) return this.choice(condition, left, right);
      return holds ? left : right;
    });
    const place = this.node({ condition: top, high: high ?? noMatch, low: low ?? noMatch });
    this.choices.set(key, place);
    return place;
  }

  private conditionAt(place: Place): number {
    return this.nodes[place]?.condition ?? Number.POSITIVE_INFINITY;
  }

  private where(place: Place, condition: number, holds: boolean): Place {
    const node = this.nodes[place];
    if (node?.condition !== condition) return place;
    return holds ? node.high : node.low;
  }

  private node(node: Node): Place {
    if (node.high === node.low) return node.high;
    const key = JSON.stringify(node);
    const place = this.places.get(key) ?? this.nodes.push(node) - 1;
    this.places.set(key, place);
    return place;
  }
}

class NodeEncoder {
  readonly triples: [number, number, number][] = [];
  private readonly nodes: readonly Node[];
  private readonly references = new Map<string, number>();

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  reference(place: Place): number {
    const node = this.nodes[place];
    if (node === undefined) return place === noMatch ? -1 : 100_000_000 - place - 1;
    const [high, low] = [this.reference(node.high), this.reference(node.low)];
    const key = [node.condition, high, low].join(" ");
    const known = this.references.get(key);
    if (known !== undefined) return known;
    const reference = this.triples.push([node.condition, high, low]) + 1;
    this.references.set(key, reference);
    this.references.set([node.condition, low, high].join(" "), -reference);
    return reference;
  }
}

/** JSON of a rule set under the names of the diagram. */
function renamed(value: unknown, names: Names): unknown {
  if (typeof value === "string") {
    return value.replace(/\{\{|\}\}|\{([^{}#]*)/g, (text, name) =>
      name === undefined ? text : `{${names.get(name) ?? name}`,
    );
  }
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([property, item]) => [
      property,
      property === "ref" ? (names.get(String(item)) ?? item) : renamed(item, names),
    ]),
  );
}
