import { stripTypeScriptTypes } from "node:module";
import { describe, expect, test } from "vitest";
import { createPresence } from "../ir/presence.ts";
import {
  enumeration,
  exampleService,
  list,
  map,
  operation,
  required,
  simple,
  structure,
} from "../reader/example.test-model.ts";
import { readQuery } from "../reader/query.ts";
import { code, printCode } from "./code.ts";
import { formatExample } from "./format.ts";
import { emitComparison, emitQuery } from "./query.ts";

const service = exampleService({
  Run: operation({ input: "Input", output: "Output" }),
  Input: structure({ Ids: "Strings", Name: required("String") }),
  Output: structure({
    Status: "Status",
    Name: required("String"),
    Ready: "Boolean",
    Sure: required("Boolean"),
    Count: "Integer",
    Total: required("Long"),
    When: "Timestamp",
    Tasks: "Tasks",
    Groups: required("Groups"),
    Labels: "Labels",
    Names: required("Strings"),
    Gaps: "Gaps",
    Task: "Task",
  }),
  Status: enumeration("enum", { ACTIVE: {}, FAILED: {} }),
  Strings: list("String"),
  Gaps: list("String", { sparse: {} }),
  Labels: map("String"),
  Tasks: list("Task"),
  Task: structure({
    State: "Status",
    Parts: "Strings",
    Done: "Integer",
    Wanted: required("Integer"),
  }),
  Groups: list("Tasks"),
  Unused: simple("string"),
});
const [run] = service.operations;
const isPresent = createPresence(service);

function read(path: string, withInput = false): ReturnType<typeof readQuery> {
  if (run?.output === undefined) throw new TypeError("the operation has an output");
  const roots = { input: withInput ? run.input : undefined, output: run.output };
  return readQuery(path, roots, isPresent, ["model.json", "/path"]);
}

/** Runs printed code. What an expression cannot do without throws where it is absent. */
function evaluate(printed: string, output: object, input: object = {}): unknown {
  const given = (value: unknown): unknown => {
    if (value === undefined) throw new RangeError("absent");
    return value;
  };
  const allEqual = (values: readonly unknown[] | undefined, expected: string): boolean =>
    values !== undefined && values.length > 0 && values.every((value) => value === expected);
  const body = stripTypeScriptTypes(`(() => (${printed}))()`);
  return new Function("output", "input", "given", "allEqual", `return ${body}`)(
    output,
    input,
    given,
    allEqual,
  );
}

describe("a query is printed as plain TypeScript", () => {
  test.each([
    ["Status", "output.Status"],
    ["Tasks[].State", "output.Tasks?.flatMap((item) => item.State ?? [])"],
    ["Tasks[*].Wanted", "output.Tasks?.map((item) => item.Wanted)"],
    ["Tasks[*].Parts[]", "output.Tasks?.flatMap((item) => item.Parts ?? [])"],
    [
      "Tasks[*].Parts",
      "output.Tasks?.map((item) => item.Parts).filter((item) => item !== undefined)",
    ],
    ["Groups[].State", "output.Groups.flatMap((item) => item).flatMap((item) => item.State ?? [])"],
    ["Tasks[0].State", "output.Tasks?.[0]?.State"],
    ["Tasks[-1].Wanted", "output.Tasks?.at(-1)?.Wanted"],
    ["Task.Parts", "output.Task?.Parts"],
    ['Labels."a-b"', 'output.Labels?.["a-b"]'],
    ["Gaps[]", "output.Gaps?.flatMap((item) => item ?? [])"],
    ["length(Tasks)", "given(output.Tasks).length"],
    ["length(Names)", "output.Names.length"],
    ["length(Name)", "[...output.Name].length"],
    ["length(Labels)", "Object.keys(given(output.Labels)).length"],
    ["contains(Names, 'x')", 'output.Names.includes("x")'],
    ["contains(Names, Status)", "output.Names.some((element) => element === output.Status)"],
    ["!contains(Task.Parts, 'x')", '!given(output.Task?.Parts).includes("x")'],
    ["Count == `1`", "output.Count === 1"],
    ["Status != `null`", "output.Status != null"],
    ["Count > `1`", "(output.Count ?? Number.NaN) > 1"],
    ["Sure && Total >= `1`", "output.Sure && output.Total >= 1"],
    [
      "Ready || (Sure && Count == `1`)",
      "output.Ready === true || output.Sure && output.Count === 1",
    ],
    [
      "Sure && (Ready || Count == `1`)",
      "output.Sure && (output.Ready === true || output.Count === 1)",
    ],
    ["!(Sure && Ready)", "!(output.Sure && output.Ready === true)"],
    ["(Sure == `true`) == (Name == 'x')", '(output.Sure === true) === (output.Name === "x")'],
    [
      "Tasks[?State == 'ACTIVE'].Wanted | [0]",
      'output.Tasks?.filter((item) => item.State === "ACTIVE").map((item) => item.Wanted)[0]',
    ],
    [
      "Tasks[?Parts && !Done]",
      "output.Tasks?.filter((item) => (item.Parts?.length ?? 0) > 0 && !(item.Done != null))",
    ],
    ["Groups[0][?State]", 'output.Groups[0]?.filter((item) => (item.State ?? "") !== "")'],
    ["[Name, Status]", "[output.Name, output.Status]"],
    ["Tasks[].[Wanted == Done][]", "output.Tasks?.flatMap((item) => [item.Wanted === item.Done])"],
  ])("%s", (path, expected) => {
    expect(formatExample(printCode(code`${emitQuery(read(path))};`))).toBe(
      formatExample(`${expected};`),
    );
  });

  test("over input and output", () => {
    expect(printCode(emitQuery(read("length(input.Ids) == length(output.Names)", true)))).toBe(
      "given(input.Ids).length === output.Names.length",
    );
  });
});

describe("a comparison holds", () => {
  const output = { Name: "n", Sure: true, Total: 1, Names: ["x", "y"], Groups: [] };
  const tasks = [
    { State: "ACTIVE", Wanted: 1, Done: 1, Parts: ["p"] },
    { State: "FAILED", Wanted: 2 },
  ];

  test.each([
    ["Status", "stringEquals", "ACTIVE", { Status: "ACTIVE" }, true],
    ["Status", "stringEquals", "ACTIVE", {}, false],
    ["Ready", "booleanEquals", "false", {}, false],
    ["Ready", "booleanEquals", "false", { Ready: false }, true],
    ["Sure", "booleanEquals", "false", {}, false],
    ["Names", "anyStringEquals", "y", {}, true],
    ["Tasks[].State", "anyStringEquals", "FAILED", { Tasks: tasks }, true],
    ["Tasks[].State", "anyStringEquals", "FAILED", {}, false],
    ["Tasks[].State", "allStringEquals", "ACTIVE", { Tasks: tasks.slice(0, 1) }, true],
    ["Tasks[].State", "allStringEquals", "ACTIVE", { Tasks: tasks }, false],
    ["Tasks[].State", "allStringEquals", "ACTIVE", { Tasks: [] }, false],
    ["Count < `2`", "booleanEquals", "true", { Count: 1 }, true],
    ["Count < `2`", "booleanEquals", "true", {}, false],
    ["Tasks[?Done == Wanted].State", "allStringEquals", "ACTIVE", { Tasks: tasks }, true],
    [
      "length(Tasks[?!(length(Parts) == `1`)]) == `0`",
      "booleanEquals",
      "true",
      { Tasks: tasks.slice(0, 1) },
      true,
    ],
    ["Status == Task.State", "booleanEquals", "true", {}, true],
  ] as const)("%s %s %s in %j: %s", (path, comparator, expected, members, holds) => {
    const printed = printCode(emitComparison(read(path), comparator, expected));
    expect(evaluate(printed, { ...output, ...members })).toBe(holds);
  });

  test("never where an expression lacks what it cannot do without", () => {
    const path = "!contains(Task.Parts, 'x')";
    const printed = printCode(emitComparison(read(path), "booleanEquals", "true"));
    expect(() => evaluate(printed, output)).toThrow("absent");
  });
});

describe("an expression that the model cannot answer is refused", () => {
  test.each([
    ["State", "the structure Output has no member State"],
    ["Tasks.State", "the list Tasks has no member State"],
    ["Status[0]", "the enum Status is no list"],
    ["length(Count)", "the integer Integer has no length"],
    ["length(Tasks, Names)", "length takes 1 arguments, and here are 2"],
  ])("%s", (path, problem) => {
    expect(() => read(path)).toThrow(`model.json: /path: ${problem}`);
  });

  test("the root of an expression over both", () => {
    expect(() => read("Name", true)).toThrow('Name is neither "input" nor "output"');
  });
});

describe("what TypeScript cannot say as JMESPath does is left to be omitted", () => {
  test.each([
    ["keys(Labels)", "the function keys"],
    ["toString(Name)", "the function toString"],
    ["Status == `1`", "== between the enum Status and a number"],
    ["Names == Names", "== between the list Strings and the list Strings"],
    ["When > `1`", "> between the timestamp Timestamp and a number"],
    ["Status || Name", "|| that gives the enum Status"],
    ["!Task", "the structure Task as a condition"],
    ["Task.[State, Done]", "a selection from what may be absent"],
    ["[Name, Sure]", "a selection of different types"],
    ["Names == `[]`", "the literal []"],
    ["contains(Name, Status)", "contains with the string String and the enum Status"],
  ])("%s", (path, message) => {
    expect(() => read(path)).toThrow(
      expect.objectContaining({ name: "UnsupportedExpression", message }),
    );
  });
});
