import { describe, expect, test } from "vitest";
import type { EndpointDecision, EndpointStep } from "../ir/endpoint-rules.ts";
import { encodeNodes } from "./endpoint-bdd.test-model.ts";
import { readEndpointBdd } from "./endpoint-bdd.ts";
import { exampleService, problemOf } from "./example.test-model.ts";

const parameters = {
  Region: { type: "string", builtIn: "AWS::Region" },
  UseFIPS: { type: "boolean", required: true, default: false },
};
const hasRegion = { fn: "isSet", argv: [{ ref: "Region" }] };
const isFips = { fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] };
const partition = { fn: "aws.partition", argv: [{ ref: "Region" }], assign: "part" };
const error = { type: "error", conditions: [], error: "nowhere" };
const endpoint = { type: "endpoint", conditions: [], endpoint: { url: "https://{Region}" } };

/** The reference to the first, second, … result. */
const result = (number: number): number => 100_000_000 + number;

type Triple = readonly [number, number, number];

function diagram(
  nodes: readonly Triple[],
  others: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    version: "1.1",
    parameters,
    conditions: [hasRegion, isFips, partition],
    results: [endpoint, error],
    root: 2,
    ...encodeNodes(nodes),
    ...others,
  };
}

const simple: Triple = [0, result(1), result(2)];

const read = (bdd: unknown): EndpointStep => readEndpointBdd(bdd, ["model.json"]).root;

const decision = (step: EndpointStep | undefined): EndpointDecision => {
  if (step?.type !== "decision") throw new Error(`found ${step?.type}`);
  return step;
};

test("references are resolved, and what several lead to is one object", () => {
  const nodes: readonly Triple[] = [
    [0, 3, 4],
    [1, result(1), 1],
    [1, result(2), result(0)],
  ];
  const root = decision(read(diagram(nodes)));
  expect(root.condition.call.function).toBe("isSet");
  expect(decision(root.whenTrue).whenTrue.type).toBe("endpoint");
  expect(decision(root.whenTrue).whenFalse).toBe(decision(root.whenFalse).whenFalse);
  expect(decision(root.whenFalse).whenFalse).toEqual({ type: "noMatch" });
});

test("a complemented reference has the ways of its node the other way around", () => {
  const nodes: readonly Triple[] = [
    [0, 3, -3],
    [1, result(2), 1],
  ];
  const root = decision(read(diagram(nodes)));
  expect(decision(root.whenTrue).whenTrue.type).toBe("error");
  expect(decision(root.whenFalse).whenTrue.type).toBe("noMatch");
  expect(decision(root.whenFalse).whenFalse.type).toBe("error");
});

test("what no way leads to is not looked at", () => {
  const results = [endpoint, error, { nothing: "known" }];
  expect(read(diagram([simple], { results })).type).toBe("decision");
});

describe("what cannot be is refused, with its address", () => {
  test.each([
    [diagram([simple], { version: "1.0" }), '/version: found "1.0"; a version from "1.1" belongs'],
    [diagram([simple], { other: 1 }), "/other: unknown property"],
    [diagram([simple], { nodes: "?" }), '/nodes: found "?"; base64 belongs here'],
    [diagram([simple], { nodes: "AAAA" }), "/nodes: found 3 bytes; 12 for each node belong here"],
    [diagram([simple], { nodes: "" }), "/nodeCount: found 2; 0, the number of nodes"],
    [diagram([], { nodes: "", nodeCount: 0 }), "/nodes: node 0 is the terminal; -1, 1, -1 belong"],
    [diagram([simple], { nodeCount: 3 }), "/nodeCount: found 3; 2, the number of nodes"],
    [diagram([simple], { root: 3 }), "/root: it refers to 3; there are 2 nodes and 2 results"],
    [diagram([simple], { root: 0 }), "/root: it refers to 0; there are"],
    [diagram([simple], { root: -2 }), "/root: found -2; a reference from 1, or -1, belongs here"],
    [diagram([[3, 1, -1]]), "/nodes: node 1 has the condition 3; there are 3"],
    [diagram([[-1, 1, -1]]), "/nodes: node 1 has the condition -1; there are 3"],
    [diagram([[0, 0, 1]]), "/nodes: node 1 refers to 0; there are"],
    [diagram([[0, result(3), 1]]), "/nodes: node 1 refers to 100000003; there are"],
    [diagram([[0, -result(1), 1]]), "/nodes: node 1 refers to -100000001; there are"],
    [diagram([[0, 2, 1]]), "/nodes: node 1 leads from the condition 0 to 0; a later one belongs"],
    [
      diagram([
        [1, -3, 1],
        [0, 1, 1],
      ]),
      "/nodes: node 1 leads from the condition 1 to 0; a later one belongs there",
    ],
    [
      diagram([[1, result(1), 1]]),
      '/results/0/endpoint/url: "Region" may be absent; a condition must make sure of it before',
    ],
    [
      diagram([
        [0, 4, 3],
        [1, 4, result(2)],
        [2, result(2), 1],
      ]),
      '/conditions/2/argv/0: "Region" may be absent; a condition must make sure of it before',
    ],
    [
      diagram([[1, result(1), 1]], {
        results: [{ ...error, error: "{part#name}" }],
      }),
      '/results/0/error: nothing is called "part" here; what is: Region, UseFIPS',
    ],
    [
      diagram([simple], { results: [{ ...endpoint, conditions: [isFips] }, error] }),
      "/results/0/conditions: found conditions; those of a diagram stand in its nodes",
    ],
    [
      diagram([simple], { results: [{ type: "tree", conditions: [], rules: [error] }, error] }),
      '/results/0/type: found "tree"; one of "endpoint", "error" belongs here',
    ],
    [
      diagram(
        [
          [0, 3, 1],
          [1, 4, 5],
          [2, result(1), 1],
          [3, result(1), 1],
        ],
        { conditions: [hasRegion, isFips, partition, { ...partition, argv: ["us-east-1"] }] },
      ),
      '/conditions/3/assign: "part" is assigned by condition 2; a name of its own belongs here',
    ],
  ])("%#: %j", (bdd, problem) => {
    expect(() => read(bdd)).toThrow(`model.json: ${problem}`);
  });
});

describe("a service", () => {
  const bdd = "smithy.rules#endpointBdd";
  const written = diagram([simple]);

  test("may have a diagram in place of rules", () => {
    const traits = { "smithy.rules#endpointRuleSet": null, [bdd]: written };
    expect(exampleService({}, { traits }).endpointRules).toHaveProperty("root.type", "decision");
  });

  test("is known by its rules where it has both", () => {
    const { endpointRules } = exampleService({}, { traits: { [bdd]: written } });
    expect(endpointRules).toHaveProperty("rules");
  });

  test("says where its diagram is wrong", () => {
    const traits = {
      "smithy.rules#endpointRuleSet": null,
      [bdd]: { ...written, root: 9 },
    };
    expect(problemOf(() => exampleService({}, { traits }))).toBe(
      "model.json: com.example#ExampleService: smithy.rules#endpointBdd: /root: it refers to 9; there are 2 nodes and 2 results",
    );
  });
});
