// biome-ignore-all lint/suspicious/noTemplateCurlyInString: printed code has templates
import { describe, expect, test } from "vitest";
import type { EndpointParameters } from "../../../packages/runtime/src/endpoints/endpoint.ts";
import { emitSourceFile } from "../emit/source-file.ts";
import type { EndpointRules } from "../ir/endpoint-rules.ts";
import { encodeNodes, toEndpointBdd } from "../reader/endpoint-bdd.test-model.ts";
import { readEndpointBdd } from "../reader/endpoint-bdd.ts";
import { emitEndpointResolver } from "./compile.ts";
import {
  expectedOutcome,
  loadResolver,
  outcomeOf,
  ownModels,
  printResolver,
  type ReferenceModel,
  referenceData,
  referenceModels,
  referenceRuleSets,
  someParameters,
} from "./resolver.test-program.ts";
import { typeCheck } from "./type-check.test-program.ts";

const parameters = {
  Region: { type: "string", builtIn: "AWS::Region" },
  Endpoint: { type: "string", builtIn: "SDK::Endpoint" },
  A: { type: "boolean", required: true, default: false },
  B: { type: "boolean", required: true, default: false },
  C: { type: "boolean", required: true, default: false },
};

const isTrue = (name: string): unknown => ({ fn: "booleanEquals", argv: [{ ref: name }, true] });
const isSet = (name: string): unknown => ({ fn: "isSet", argv: [{ ref: name }] });
const equals = (name: string, text: string): unknown => ({
  fn: "stringEquals",
  argv: [{ ref: name }, text],
});
const assign = (name: string, fn: string, ...argv: readonly unknown[]): unknown => ({
  fn,
  argv,
  assign: name,
});
const to = (url: string): unknown => ({ type: "endpoint", conditions: [], endpoint: { url } });
const error = (message: string): unknown => ({ type: "error", conditions: [], error: message });

/** The reference to the first, second, … result. 0 is that nothing matches. */
const result = (number: number): number => 100_000_000 + number;

/** Every diagram of these tests, to be type-checked at the end. */
const printed: EndpointRules[] = [];

interface Written {
  readonly conditions?: readonly unknown[];
  readonly results?: readonly unknown[];
  readonly root?: number;
  readonly nodes?: readonly (readonly [number, number, number])[];
}

function readDiagram({
  conditions = [],
  results = [],
  root = 2,
  nodes = [],
}: Written): EndpointRules {
  const bdd = { version: "1.1", parameters, conditions, results, root, ...encodeNodes(nodes) };
  const diagram = readEndpointBdd(bdd, ["model.json", "com.example#Service"]);
  printed.push(diagram);
  return diagram;
}

/** The body of the printed function, without the line that reads the parameters. */
function printBody(written: Written): string {
  const text = printResolver(readDiagram(written));
  const body = /\{\n(?: {2}const \{[^}]*\} =\s+parameters[^;]*;\n)?(?<body>.*?)\n\}/s.exec(text);
  return (body?.groups?.body ?? "").replaceAll(/^ {2}/gm, "");
}

function outcomes(written: Written, ...given: readonly EndpointParameters[]): readonly unknown[] {
  const resolve = loadResolver(readDiagram(written));
  return given.map((each) => outcomeOf(resolve, each));
}

const noMatch = { error: "No endpoint rule matches these parameters" };

describe("the printed code", () => {
  test("goes on behind a guard", () => {
    const written = {
      conditions: [isSet("Region"), assign("part", "aws.partition", { ref: "Region" })],
      results: [to("https://a.{Region}.{part#dnsSuffix}"), error("no region")],
      nodes: [
        [0, 3, result(2)],
        [1, result(1), 1],
      ],
    } as const;
    expect(printBody(written)).toBe(
      [
        "if (Region === undefined) {",
        '  throw new ConfigurationError("no region");',
        "}",
        "const part = partition(Region);",
        "return { url: `https://a.${Region}.${part.dnsSuffix}` };",
      ].join("\n"),
    );
  });

  test("joins conditions that stand inside each other, and those that lead to the same end", () => {
    const results = [to("https://a"), to("https://b")];
    const conditions = [isTrue("A"), isTrue("B"), isTrue("C")];
    expect(
      printBody({
        conditions,
        results,
        nodes: [
          [0, 3, result(2)],
          [1, 4, result(2)],
          [2, result(1), result(2)],
        ],
      }),
    ).toBe(
      [
        "if (A && B && C) {",
        '  return { url: "https://a" };',
        "}",
        'return { url: "https://b" };',
      ].join("\n"),
    );
    expect(
      printBody({
        conditions,
        results,
        nodes: [
          [0, result(1), 3],
          [1, result(1), 4],
          [2, result(1), result(2)],
        ],
      }),
    ).toBe(
      [
        "if (A || B || C) {",
        '  return { url: "https://a" };',
        "}",
        'return { url: "https://b" };',
      ].join("\n"),
    );
  });

  test("has what several ways lead to once, behind the place where they part", () => {
    const written = {
      conditions: [isTrue("A"), isTrue("B"), isTrue("C"), isSet("Region")],
      results: [to("https://{Region}"), error("no region"), to("https://both"), to("https://c")],
      nodes: [
        [0, 3, 4],
        [1, result(3), 5],
        [2, result(4), 5],
        [3, result(1), result(2)],
      ],
    } as const;
    expect(printBody(written)).toBe(
      [
        "if (A) {",
        "  if (B) {",
        '    return { url: "https://both" };',
        "  }",
        "} else if (C) {",
        '  return { url: "https://c" };',
        "}",
        "if (Region !== undefined) {",
        "  return { url: `https://${Region}` };",
        "}",
        'throw new ConfigurationError("no region");',
      ].join("\n"),
    );
  });

  test("leaves a block where two joint ways cross", () => {
    const written = {
      conditions: [isTrue("A"), isTrue("B"), isTrue("C"), isSet("Endpoint"), isSet("Region")],
      results: [to("https://{Region}"), to("{Endpoint}"), error("none")],
      nodes: [
        [0, 3, 4],
        [1, 5, 6],
        [2, 6, 5],
        [3, result(2), result(3)],
        [4, result(1), result(3)],
      ],
    } as const;
    expect(printBody(written)).toContain("rest: {");
    expect(
      outcomes(
        written,
        { A: true, B: true, Endpoint: "e", Region: "r" },
        { A: true, Endpoint: "e", Region: "r" },
        { C: true, Region: "r" },
        { Endpoint: "e", Region: "r" },
        {},
      ),
    ).toEqual([
      { url: "e" },
      { url: "https://r" },
      { url: "https://r" },
      { url: "e" },
      { error: "none" },
    ]);
  });

  test("declares what is assigned on several ways and read where they meet", () => {
    const written = {
      conditions: [
        isTrue("A"),
        isSet("Endpoint"),
        isTrue("B"),
        assign("url", "parseURL", { ref: "Endpoint" }),
        isTrue("C"),
      ],
      results: [to("https://{url#authority}"), to("http://{url#authority}"), error("none")],
      nodes: [
        [0, 3, 4],
        [1, 5, result(3)],
        [1, 6, result(3)],
        [2, 7, result(3)],
        [3, 8, result(3)],
        [3, 8, result(3)],
        [4, result(1), result(2)],
      ],
    } as const;
    expect(printBody(written)).toContain("let url: ParsedUrl | undefined;");
    expect(
      outcomes(
        written,
        { A: true, B: true, C: true, Endpoint: "http://a" },
        { Endpoint: "http://a" },
        { C: true, Endpoint: "nothing" },
        { A: true, Endpoint: "http://a" },
      ),
    ).toEqual([{ url: "https://a" }, { url: "http://a" }, { error: "none" }, { error: "none" }]);
  });

  test("computes what several ways assign before they part, where it can be", () => {
    const written = {
      conditions: [
        isSet("Region"),
        isTrue("A"),
        isTrue("B"),
        isTrue("C"),
        assign("part", "aws.partition", { ref: "Region" }),
        isSet("Endpoint"),
      ],
      results: [to("https://{part#dnsSuffix}"), error("none")],
      nodes: [
        [0, 3, result(2)],
        [1, 4, 5],
        [2, 6, result(2)],
        [3, 7, result(2)],
        [4, 8, 1],
        [4, 8, result(2)],
        [5, result(1), result(2)],
      ],
    } as const;
    expect(printBody(written)).toContain("\nconst part = partition(Region);\nif (A) {");
    expect(printBody(written).split("partition(")).toHaveLength(2);
  });

  test("knows which texts are left where several ways meet", () => {
    const written = {
      conditions: [
        isSet("Region"),
        equals("Region", "a"),
        equals("Region", "b"),
        isTrue("A"),
        equals("Region", "c"),
        equals("Region", "b"),
      ],
      results: [to("https://a-or-b"), to("https://never"), error("other"), to("https://b")],
      nodes: [
        [0, 3, result(3)],
        [1, 5, 4],
        [2, 5, result(3)],
        [3, 6, result(3)],
        [4, result(2), 7],
        [5, result(4), result(1)],
      ],
    } as const;
    expect(printBody(written)).not.toContain("never");
    expect(
      outcomes(written, { Region: "a", A: true }, { Region: "b", A: true }, { Region: "c" }),
    ).toEqual([{ url: "https://a-or-b" }, { url: "https://b" }, { error: "other" }]);
  });
});

describe("the diagram", () => {
  test("may be no more than a result, or that nothing matches", () => {
    const results = [to("https://a")];
    expect(outcomes({ results, root: result(1) }, {})).toEqual([{ url: "https://a" }]);
    for (const root of [result(0), 1, -1]) expect(outcomes({ root }, {})).toEqual([noMatch]);
  });

  test("has a node whose ways change places where a reference to it is complemented", () => {
    const written = {
      conditions: [isTrue("A"), isTrue("B")],
      results: [to("https://one"), to("https://two")],
      nodes: [
        [0, 3, -3],
        [1, result(1), result(2)],
      ],
    } as const;
    expect(outcomes(written, { A: true, B: true }, { A: true }, { B: true }, {})).toEqual(
      ["one", "two", "two", "one"].map((name) => ({ url: `https://${name}` })),
    );
  });

  test("does not pass a complement on to what stands behind the node", () => {
    const written = {
      conditions: [isTrue("A"), isTrue("B"), isTrue("C")],
      results: [to("https://one"), to("https://two")],
      nodes: [
        [0, -3, 3],
        [1, 4, result(2)],
        [2, result(1), 1],
      ],
    } as const;
    expect(
      outcomes(
        written,
        { A: true, C: true },
        { A: true, B: true },
        { B: true, C: true },
        { B: true },
        {},
      ),
    ).toEqual([
      { url: "https://one" },
      { url: "https://two" },
      { url: "https://one" },
      noMatch,
      { url: "https://two" },
    ]);
  });

  test("may ask whether something is not set", () => {
    const written = {
      conditions: [{ fn: "not", argv: [isSet("Region")] }],
      results: [error("no region"), to("https://{Region}")],
      nodes: [[0, result(1), result(2)]],
    } as const;
    expect(outcomes(written, {}, { Region: "r" })).toEqual([
      { error: "no region" },
      { url: "https://r" },
    ]);
  });
});

/** Goes through the nodes as the specification says it. */
function evaluate(
  { nodes = [], root = 2 }: Written,
  holds: (condition: number) => boolean,
): number {
  let reference = root;
  while (Math.abs(reference) > 1 && reference < result(0)) {
    const [condition, high, low] = nodes[Math.abs(reference) - 2] ?? [0, 1, 1];
    reference = holds(condition) !== reference < 0 ? high : low;
  }
  return Math.max(reference - result(0), 0);
}

test("the printed code goes the ways of any diagram", () => {
  const region = { fn: "coalesce", argv: [{ ref: "Region" }, "none"] };
  const conditions = [
    isTrue("A"),
    isSet("Region"),
    isTrue("B"),
    { fn: "stringEquals", argv: [region, "a"] },
    isTrue("C"),
    { fn: "stringEquals", argv: [region, "b"] },
    { fn: "not", argv: [isTrue("A")] },
    isSet("Endpoint"),
    { fn: "stringEquals", argv: [region, "none"] },
  ];
  const results = ["one", "two", "three"].map((name) => to(`https://${name}`));
  const all = [false, true].flatMap((A) =>
    [false, true].flatMap((B) =>
      [false, true].flatMap((C) =>
        [undefined, "a", "b", "c"].flatMap((Region) =>
          [undefined, "e"].map((Endpoint) => ({ A, B, C, Region, Endpoint })),
        ),
      ),
    ),
  );
  let state = 7;
  const next = (bound: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % bound;
  };
  for (let round = 0; round < 300; round++) {
    const count = 4 + next(20);
    const chosen = Array.from({ length: count }, () => next(conditions.length)).sort();
    chosen[0] = 0;
    const nodes = chosen.map((condition): [number, number, number] => {
      const later = chosen.flatMap((other, at) => (other > condition ? [at + 2] : []));
      const way = (): number => {
        const node = later[next(later.length + 1)];
        if (node === undefined) return next(4) === 0 ? ([1, -1][next(2)] ?? 1) : result(next(4));
        return next(3) === 0 ? -node : node;
      };
      return [condition, way(), way()];
    });
    const written = { conditions, results, nodes };
    const resolve = loadResolver(readDiagram(written));
    for (const given of all) {
      const { A, B, C, Region, Endpoint } = given;
      const holds = [
        A,
        Region !== undefined,
        B,
        Region === "a",
        C,
        Region === "b",
        !A,
        Endpoint !== undefined,
        Region === undefined,
      ];
      const url = ["", "one", "two", "three"][evaluate(written, (at) => holds[at] === true)];
      const expected = url === "" ? noMatch : { url: `https://${url}` };
      expect(outcomeOf(resolve, given), JSON.stringify({ nodes, given })).toEqual(expected);
    }
  }
});

/** A diagram of a rule set, and the same rules as they stand. */
function describeModel({ name, written, ruleSet, tests }: ReferenceModel): void {
  const bdd = toEndpointBdd(written) as { readonly nodeCount: number };
  const diagram = readEndpointBdd(bdd, [name]);
  const [ofDiagram, ofRules] = [diagram, ruleSet].map(loadResolver);
  if (ofDiagram === undefined || ofRules === undefined) throw new Error(name);
  printed.push(diagram);

  test(`${name}: the ${tests.length} test cases of the model hold for a diagram of its rules`, () => {
    const found = tests.map(({ params }) => outcomeOf(ofDiagram, params as EndpointParameters));
    expect(found).toEqual(tests.map(({ expect: expected }) => expectedOutcome(expected)));
  });

  test(`${name}: the diagram and the rules agree`, () => {
    for (const given of someParameters(ruleSet, 5_000)) {
      expect(outcomeOf(ofDiagram, given), JSON.stringify(given)).toEqual(outcomeOf(ofRules, given));
    }
  });

  test(`${name}: the code is in proportion to the nodes`, () => {
    const lines = printResolver(diagram).split("\n").length;
    expect(lines).toBeLessThan(60 + 5 * bdd.nodeCount);
  });
}

describe("the project's own models", () => ownModels.forEach(describeModel));

describe.skipIf(referenceData === undefined)("AWS's models (PAWPRINT_REFERENCE_DATA)", () => {
  test("there are some", () => expect(referenceModels.length).toBeGreaterThan(10));
  [...referenceModels, ...referenceRuleSets].forEach(describeModel);
});

test("code does not grow faster than a diagram in which everything meets", () => {
  const branchesFor = (count: number): number => {
    const flags = Object.fromEntries(
      Array.from({ length: 2 * count }, (_, index) => [
        `Flag${index}`,
        { type: "boolean", required: true, default: false },
      ]),
    );
    // Even nodes lead to both nodes of the next pair, and so do odd ones.
    const nodes = Array.from({ length: 2 * count - 1 }, (_, index): [number, number, number] => {
      const pair = Math.ceil(index / 2) + 1;
      const [one, other] = [2 * pair + 1, 2 * pair + 2];
      const inside = pair < count;
      const ends = inside ? [one, other] : [result(1), result(2)];
      const [high = 0, low = 0] = index % 2 === 0 ? ends : ends.toReversed();
      return [index, high, low];
    });
    const diagram = readEndpointBdd(
      {
        version: "1.1",
        parameters: flags,
        conditions: Object.keys(flags).map(isTrue),
        results: [to("https://a"), to("https://b")],
        root: 2,
        ...encodeNodes(nodes),
      },
      ["model.json"],
    );
    printed.push(diagram);
    return printResolver(diagram).split("if (").length;
  };
  expect(branchesFor(40)).toBeLessThan(2.1 * branchesFor(20));
});

test("the printed code compiles under the strictest settings", { timeout: 60_000 }, async () => {
  const files = printed.map((rules, index) =>
    emitSourceFile(`resolver-${index}.ts`, "// A test printed this.", [
      emitEndpointResolver(rules),
    ]),
  );
  expect(await typeCheck(files)).toBe("");
});
