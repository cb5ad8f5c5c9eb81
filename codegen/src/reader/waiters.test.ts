import { describe, expect, test } from "vitest";
import type { Service } from "../ir/service.ts";
import type { Waiter } from "../ir/waiter.ts";
import type { Part, Parts } from "./example.test-model.ts";
import {
  errorStructure,
  exampleService,
  list,
  map,
  operation,
  problemOf,
  structure,
} from "./example.test-model.ts";

const shapes: Parts = {
  Input: structure({ Id: "String" }),
  Output: structure({
    State: "String",
    Ready: "Boolean",
    Names: "Names",
    Labels: "Labels",
    Count: "Integer",
  }),
  Names: list("String"),
  Labels: map("String"),
  NotFound: errorStructure(),
};

function read(waiters: Part, more: Parts = {}, service?: Part): Service {
  const traits = { "smithy.waiters#waitable": waiters };
  const get = operation({ input: "Input", output: "Output", errors: ["NotFound"], traits });
  return exampleService({ ...shapes, Get: get, ...more }, service);
}

function readOne(waiter: Part): Waiter | undefined {
  return read({ ThingExists: waiter }).operations[0]?.waiters[0];
}

const succeeds: Part = { state: "success", matcher: { success: true } };

function comparing(path: string, comparator = "stringEquals", expected = "x"): Part {
  return { state: "success", matcher: { output: { path, comparator, expected } } };
}

describe("a waiter", () => {
  test("has Smithy's pauses where it names none", () => {
    expect(readOne({ acceptors: [succeeds] })).toMatchObject({
      name: "ThingExists",
      minDelay: 2,
      maxDelay: 120,
      documentation: undefined,
      deprecated: undefined,
    });
  });

  test("has the pauses and the words that it names", () => {
    const waiter = {
      acceptors: [succeeds],
      minDelay: 5,
      maxDelay: 5,
      documentation: "Waits.",
      tags: ["x"],
    };
    expect(readOne({ ...waiter, deprecated: true })).toMatchObject({
      minDelay: 5,
      maxDelay: 5,
      documentation: "Waits.",
      deprecated: { message: undefined, since: undefined },
    });
  });

  test("matches success, errors by their name, and the input beside the output", () => {
    const acceptors = [
      { state: "failure", matcher: { success: false } },
      { state: "retry", matcher: { errorType: "com.example#NotFound" } },
      { state: "retry", matcher: { errorType: "Throttled" } },
      {
        state: "success",
        matcher: {
          inputOutput: {
            path: "input.Id == output.State",
            comparator: "booleanEquals",
            expected: "true",
          },
        },
      },
    ];
    expect(readOne({ acceptors })?.acceptors).toMatchObject([
      { state: "failure", matcher: { kind: "success", success: false } },
      { state: "retry", matcher: { kind: "errorType", name: "NotFound" } },
      { state: "retry", matcher: { kind: "errorType", name: "Throttled" } },
      { state: "success", matcher: { kind: "output", comparator: "booleanEquals" } },
    ]);
  });

  test("knows an error by the name that the service gives it", () => {
    const acceptors = [{ state: "success", matcher: { errorType: "NotFound" } }];
    const service = read(
      { ThingGone: { acceptors } },
      {},
      {
        rename: { "com.example#NotFound": "ThingNotFound" },
      },
    );
    expect(service.operations[0]?.waiters[0]?.acceptors[0]?.matcher).toEqual({
      kind: "errorType",
      name: "ThingNotFound",
    });
  });
});

describe("a waiter that cannot be is refused", () => {
  const at = "model.json: com.example#Get: smithy.waiters#waitable: /ThingExists";

  test.each<[Part, string]>([
    [{}, `${at}/acceptors: found nothing; an array belongs here`],
    [{ acceptors: [] }, `${at}/acceptors: no acceptor has the state success`],
    [{ acceptors: [succeeds], delay: 1 }, `${at}/delay: unknown property`],
    [{ acceptors: [succeeds], minDelay: 0 }, `${at}/minDelay: found 0; a number of seconds from 1`],
    [{ acceptors: [succeeds], minDelay: 300 }, `${at}: minDelay 300 is above maxDelay 120`],
    [
      { acceptors: [{ state: "done", matcher: { success: true } }] },
      `${at}/acceptors/0/state: found "done"`,
    ],
    [{ acceptors: [{ state: "success" }] }, `${at}/acceptors/0/matcher: found nothing`],
    [
      { acceptors: [{ state: "success", matcher: {} }] },
      `${at}/acceptors/0/matcher: found an object; an object with exactly one matcher`,
    ],
    [
      { acceptors: [{ state: "success", matcher: { status: 200 } }] },
      `${at}/acceptors/0/matcher/status: unknown matcher`,
    ],
    [
      { acceptors: [comparing("State", "equals")] },
      `${at}/acceptors/0/matcher/output/comparator: found "equals"`,
    ],
    [
      { acceptors: [comparing("Ready", "booleanEquals", "yes")] },
      `${at}/acceptors/0/matcher/output/expected: found "yes"`,
    ],
    [
      { acceptors: [comparing("Gone")] },
      `${at}/acceptors/0/matcher/output/path: the structure Output has no member Gone`,
    ],
    [
      { acceptors: [comparing("State.")] },
      `${at}/acceptors/0/matcher/output/path: the expression "State." is not JMESPath`,
    ],
  ])("%j", (waiter, problem) => {
    expect(problemOf(() => readOne(waiter))).toContain(problem);
  });

  test("by its name", () => {
    expect(problemOf(() => read({ thing: { acceptors: [succeeds] } }))).toContain(
      "/thing: a waiter's name is letters and digits, a capital letter first",
    );
  });

  test("where another operation has one of its name, whatever the case", () => {
    const traits = { "smithy.waiters#waitable": { THINGExists: { acceptors: [succeeds] } } };
    const more = { Other: operation({ output: "Output", traits }) };
    expect(problemOf(() => read({ ThingExists: { acceptors: [succeeds] } }, more))).toBe(
      "model.json: com.example#Other: smithy.waiters#waitable: /THINGExists: has the name of a waiter of com.example#Get; rename one of them",
    );
  });

  test("where it looks at an output that there is none of", () => {
    const traits = {
      "smithy.waiters#waitable": { ThingExists: { acceptors: [comparing("State")] } },
    };
    expect(problemOf(() => exampleService({ Get: operation({ traits }) }))).toBe(
      `${at}/acceptors/0/matcher/output/path: the operation has no output`,
    );
  });
});

describe("a waiter that cannot be generated is left out, and the reason is kept", () => {
  test.each<[Part, string]>([
    [comparing("keys(Labels)", "anyStringEquals"), "the function keys"],
    [comparing("Names[1:]", "anyStringEquals"), "a slice"],
    [comparing("Count"), "stringEquals for what is no string"],
    [comparing("State", "anyStringEquals"), "anyStringEquals for what is no list of string"],
    [comparing("Count > `1`", "booleanEquals", "false"), "booleanEquals for what is no boolean"],
    [{ ...comparing("State"), message: "Count" }, "a message that is no text"],
  ])("%j", (acceptor, construct) => {
    const service = read({
      ThingExists: { acceptors: [acceptor] },
      ThingThere: { acceptors: [succeeds] },
    });
    expect(service.operations[0]?.waiters.map(({ name }) => name)).toEqual(["ThingThere"]);
    expect(service.omissions).toEqual([
      {
        id: "com.example#Get$ThingExists",
        reason: `the waiter needs ${construct} in JMESPath, which is not supported`,
      },
    ]);
  });
});
