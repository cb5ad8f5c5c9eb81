import { describe, expect, test } from "vitest";
import type { Service } from "../../ir/service.ts";
import { type Part, problemOf } from "../example.test-model.ts";
import {
  lowerExample2,
  member,
  operation,
  type Service2Parts,
  structure,
} from "./example.test-model.ts";

const success: Part = {
  matcher: "path",
  argument: "Thing.State",
  expected: "ACTIVE",
  state: "success",
};

function partsWith(waiters: Part, version: unknown = 2): Service2Parts {
  return {
    operations: {
      GetThing: operation({
        name: "GetThing",
        input: { shape: "GetThingInput" },
        output: { shape: "GetThingOutput" },
        errors: [{ shape: "ThingNotFound" }],
      }),
    },
    shapes: {
      GetThingInput: structure({ Name: member("String") }),
      GetThingOutput: structure({
        Thing: member("Thing"),
        Things: member("Things"),
        Ready: member("Boolean"),
      }),
      Thing: structure({ State: member("String") }),
      Things: { type: "list", member: { shape: "Thing" } },
      Boolean: { type: "boolean" },
      ThingNotFound: structure({}, { exception: true }),
    },
    siblings: { "waiters-2": { version, waiters } },
  };
}

function waiter(rest: Part = {}): Part {
  return { operation: "GetThing", delay: 5, maxAttempts: 40, acceptors: [success], ...rest };
}

function lowerWith(rest: Part): Service {
  return lowerExample2(partsWith({ ThingActive: waiter(rest) }));
}

/** What the first acceptor of a waiter looks for. */
function matcherOf(acceptor: Part): unknown {
  const acceptors = [{ state: "retry", ...acceptor }, success];
  return lowerWith({ acceptors }).operations[0]?.waiters[0]?.acceptors[0]?.matcher;
}

function problemWith(rest: Part): string {
  return problemOf(() => lowerWith(rest));
}

describe("a waiter", () => {
  test("asks its operation, with pauses from its delay on", () => {
    const { operations } = lowerWith({ description: "Waits for a thing." });
    expect(operations[0]?.waiters).toMatchObject([
      {
        name: "ThingActive",
        minDelay: 5,
        maxDelay: 120,
        documentation: "Waits for a thing.",
        acceptors: [{ state: "success" }],
      },
    ]);
  });

  test("whose delay is longer than the longest pause has no other", () => {
    expect(lowerWith({ delay: 300 }).operations[0]?.waiters[0]).toMatchObject({
      minDelay: 300,
      maxDelay: 300,
    });
  });

  test("stands with others of its operation in the order of their names", () => {
    const { operations } = lowerExample2(partsWith({ B: waiter(), A: waiter() }));
    expect(operations[0]?.waiters.map(({ name }) => name)).toEqual(["A", "B"]);
  });

  test.each<[string, Part, Part]>([
    [
      "an error",
      { matcher: "error", expected: "ThingNotFound" },
      { kind: "errorType", name: "ThingNotFound" },
    ],
    ["any error", { matcher: "error", expected: true }, { kind: "success", success: false }],
    ["no error", { matcher: "error", expected: false }, { kind: "success", success: true }],
    ["success", { matcher: "status", expected: 200 }, { kind: "success", success: true }],
    [
      "a text",
      { matcher: "path", argument: "Thing.State", expected: "A" },
      { kind: "output", comparator: "stringEquals", expected: "A" },
    ],
    [
      "a truth",
      { matcher: "path", argument: "Ready", expected: true },
      { kind: "output", comparator: "booleanEquals", expected: "true" },
    ],
    [
      "texts that are all the same",
      { matcher: "pathAll", argument: "Things[].State", expected: "A" },
      { kind: "output", comparator: "allStringEquals", expected: "A" },
    ],
    [
      "one of several texts",
      { matcher: "pathAny", argument: "Things[].State", expected: "A" },
      { kind: "output", comparator: "anyStringEquals", expected: "A" },
    ],
  ])("looks for %s", (_what, acceptor, matcher) => {
    expect(matcherOf(acceptor)).toMatchObject(matcher);
  });

  test.each<[string, Part, string]>([
    [
      "another status",
      { matcher: "status", expected: 404 },
      "the waiter looks at the HTTP status 404, which is not supported",
    ],
    [
      "a number",
      { matcher: "path", argument: "length(Things)", expected: 0 },
      "the waiter looks at whether length(Things) is 0, which is not supported",
    ],
    [
      "several truths",
      { matcher: "pathAny", argument: "[Ready]", expected: true },
      "the waiter looks at whether [Ready] is true, which is not supported",
    ],
  ])("that looks for %s is left out, and said to be", (_what, acceptor, reason) => {
    const { operations, omissions } = lowerWith({
      acceptors: [{ state: "retry", ...acceptor }, success],
    });
    expect(operations[0]?.waiters).toEqual([]);
    expect(omissions).toEqual([{ id: "com.amazonaws.example#GetThing$ThingActive", reason }]);
  });
});

describe("a waiter that is malformed is refused with the place", () => {
  const acceptorsWith = (acceptor: Part): Part => ({
    acceptors: [success, { ...success, ...acceptor }],
  });

  test.each<[string, Part, string]>([
    ["no operation", { operation: undefined }, "operation: found nothing; a string belongs here"],
    [
      "an operation that is not there",
      { operation: "Gone" },
      'operation: the service has no operation "Gone"',
    ],
    ["no delay", { delay: undefined }, "delay: found nothing; a whole number belongs here"],
    ["a delay of nothing", { delay: 0 }, "delay: found 0; a number of seconds from 1 belongs here"],
    [
      "no number of attempts",
      { maxAttempts: undefined },
      "maxAttempts: found nothing; a whole number belongs here",
    ],
    [
      "an unknown word",
      { pause: 5 },
      'pause: unknown property; what belongs here is one of "acceptors", "delay", "description", "maxAttempts", "operation", "type"',
    ],
    ["no acceptors", { acceptors: undefined }, "acceptors: found nothing; an array belongs here"],
    [
      "no acceptor of success",
      { acceptors: [{ ...success, state: "failure" }] },
      "acceptors: no acceptor has the state success, so the waiter could never succeed",
    ],
    [
      "an unknown state",
      acceptorsWith({ state: "done" }),
      'acceptors/1/state: found "done"; one of "failure", "retry", "success" belongs here',
    ],
    [
      "an unknown matcher",
      acceptorsWith({ matcher: "pathNone" }),
      'acceptors/1/matcher: found "pathNone"; one of "error", "path", "pathAll", "pathAny", "status" belongs here',
    ],
    [
      "no argument",
      acceptorsWith({ argument: undefined }),
      "acceptors/1/argument: found nothing; a string belongs here",
    ],
    [
      "nothing expected",
      acceptorsWith({ expected: null }),
      "acceptors/1/expected: found null; a string, a number, true or false belongs here",
    ],
    [
      "an argument that the output does not have",
      acceptorsWith({ argument: "Thing.Gone" }),
      "acceptors/1/argument: the structure Thing has no member Gone",
    ],
    [
      "an argument that is no expression",
      acceptorsWith({ argument: "Thing." }),
      'acceptors/1/argument: the expression "Thing." is not JMESPath: its end is not expected there',
    ],
  ])("%s", (_what, rest, problem) => {
    expect(problemWith(rest)).toBe(`waiters-2.json: /waiters/ThingActive/${problem}`);
  });

  test("by the version of the file", () => {
    expect(problemOf(() => lowerExample2(partsWith({}, 1)))).toBe(
      "waiters-2.json: /version: found 1; 2 belongs here",
    );
  });

  test("by a name that no function can have", () => {
    expect(problemOf(() => lowerExample2(partsWith({ "thing-active": waiter() })))).toBe(
      "waiters-2.json: /waiters/thing-active: a waiter's name is letters and digits, a capital letter first",
    );
  });
});
