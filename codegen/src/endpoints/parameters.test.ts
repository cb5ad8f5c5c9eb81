import { describe, expect, test } from "vitest";
import { printCode } from "../emit/code.ts";
import { emitSourceFile } from "../emit/source-file.ts";
import type { EndpointParameter, EndpointRuleSet } from "../ir/endpoint-rules.ts";
import type { Operation } from "../ir/service.ts";
import type { ListShape, MapShape, Member, Shape, StructureShape } from "../ir/shape.ts";
import { emitEndpointParameters } from "./parameters.ts";
import { typeCheck } from "./type-check.test-program.ts";

const address = ["model.json", "ns#Get"];

const base = {
  documentation: undefined,
  deprecated: undefined,
  sensitive: false,
  traits: new Map<string, unknown>(),
};

const constraints = {
  length: undefined,
  range: undefined,
  pattern: undefined,
  uniqueItems: false,
};

const text: Shape = { ...base, type: "string", id: "ns#Text", name: "Text", constraints };
const flag: Shape = { ...base, type: "boolean", id: "ns#Flag", name: "Flag" };
const time: Shape = { ...base, type: "timestamp", id: "ns#Time", name: "Time", format: undefined };

function member(name: string, target: Shape, options: Partial<Member> = {}): Member {
  return {
    ...base,
    id: `ns#Input$${name}`,
    name,
    target,
    required: false,
    clientOptional: false,
    default: undefined,
    idempotencyToken: false,
    timestampFormat: undefined,
    constraints,
    ...options,
  };
}

function structure(...members: readonly Member[]): StructureShape {
  const id = "ns#Part";
  const traits = { error: undefined, isInput: false, isOutput: false };
  return { ...base, ...traits, type: "structure", id, name: "Part", members };
}

function list(target: Shape, sparse = false): ListShape {
  const id = "ns#List";
  return {
    ...base,
    type: "list",
    id,
    name: "List",
    member: member("member", target),
    sparse,
    constraints,
  };
}

function map(value: Shape): MapShape {
  const [keys, values] = [member("key", text), member("value", value)];
  const shape = { id: "ns#Map", name: "Map", key: keys, value: values, sparse: false, constraints };
  return { ...base, type: "map", ...shape };
}

const parameterTypes: { readonly [name: string]: EndpointParameter["type"] } = {
  Region: "string",
  Arn: "string",
  Fast: "boolean",
  Arns: "stringArray",
};

const ruleSet: EndpointRuleSet = {
  rules: [],
  parameters: Object.entries(parameterTypes).map(([name, type]) => ({
    name,
    type,
    builtIn: name === "Region" ? "AWS::Region" : undefined,
    required: false,
    default: undefined,
    documentation: undefined,
  })),
};

function operation(
  traits: { readonly [id: string]: unknown },
  ...members: readonly Member[]
): Operation {
  return {
    id: "ns#Get",
    name: "Get",
    input: structure(...members),
    output: undefined,
    errors: [],
    documentation: undefined,
    deprecated: undefined,
    idempotent: false,
    auth: "sigv4",
    pagination: undefined,
    waiters: [],
    traits: new Map(Object.entries(traits).map(([id, trait]) => [`smithy.rules#${id}`, trait])),
  };
}

function bound(name: string, target: Shape, parameter: string): Member {
  return member(name, target, {
    traits: new Map([["smithy.rules#contextParam", { name: parameter }]]),
  });
}

function print(described: Operation): string | undefined {
  const printed = emitEndpointParameters(described, ruleSet, address);
  return printed && printCode(printed);
}

/** Binds a path to a parameter, and gives the printed expression. */
function printPath(path: string, parameter: string, ...members: readonly Member[]): string {
  const traits = { operationContextParams: { [parameter]: { path } } };
  const printed = print(operation(traits, ...members)) ?? "";
  return printed.replace(/^\(input\) => \(\{\s*\w+: (.*?),?\s*\}\)$/s, "$1");
}

const names = structure(member("Name", text), member("Id", text, { required: true }));
const inputMembers: readonly Member[] = [
  member("Table", text),
  member("Fast", flag, { required: true }),
  member("Settings", names, { required: true }),
  member("Options", structure(member("Deep", names, { required: true }))),
  member("Items", list(names), { required: true }),
  member("MaybeItems", list(names)),
  member("Gaps", list(text, true)),
  member("Lists", list(list(text)), { required: true }),
  member("Groups", list(structure(member("Members", list(names))))),
  member("Tables", map(text), { required: true }),
  member("MaybeTables", map(names)),
  member("Choice", {
    ...structure(member("Name", text)),
    type: "union",
    id: "ns#Choice",
    name: "Choice",
  }),
  member("At", time),
];

/** The interface that stands for these members in generated code. */
const inputType = `
  interface Names { Name?: string | undefined; Id: string }
  export interface Input {
    Table?: string | undefined;
    Fast: boolean;
    Settings: Names;
    Options?: { Deep: Names } | undefined;
    Items: Names[];
    MaybeItems?: Names[] | undefined;
    Gaps?: (string | null)[] | undefined;
    Lists: string[][];
    Groups?: { Members?: Names[] | undefined }[] | undefined;
    Tables: { [key: string]: string };
    MaybeTables?: { [key: string]: Names } | undefined;
    Choice?: { Name: string } | { Name?: never; $unknown: [string, unknown] } | undefined;
  }
`;

const least = { Fast: false, Settings: { Id: "s" }, Items: [], Lists: [], Tables: {} };

interface PathCase {
  readonly path: string;
  readonly parameter: string;
  readonly printed: string;
  readonly input: object;
  readonly found: unknown;
}

const cases: readonly PathCase[] = [
  { path: "Table", parameter: "Arn", printed: "input.Table", input: { Table: "t" }, found: "t" },
  { path: "Fast", parameter: "Fast", printed: "input.Fast", input: { Fast: true }, found: true },
  {
    path: "Settings.Id",
    parameter: "Arn",
    printed: "input.Settings.Id",
    input: { Settings: { Id: "i" } },
    found: "i",
  },
  {
    path: "Options.Deep.Name",
    parameter: "Arn",
    printed: "input.Options?.Deep.Name",
    input: {},
    found: undefined,
  },
  {
    path: "Items[*].Id",
    parameter: "Arns",
    printed: "input.Items.map((item) => item.Id)",
    input: { Items: [{ Id: "a" }, { Id: "b" }] },
    found: ["a", "b"],
  },
  {
    path: "MaybeItems[*].Name",
    parameter: "Arns",
    printed: "input.MaybeItems?.flatMap((item) => item.Name ?? [])",
    input: { MaybeItems: [{ Name: "a" }, {}, { Name: "" }] },
    found: ["a", ""],
  },
  {
    path: "MaybeItems[].Id",
    parameter: "Arns",
    printed: "input.MaybeItems?.map((item) => item.Id)",
    input: {},
    found: undefined,
  },
  {
    path: "Gaps",
    parameter: "Arns",
    printed: "input.Gaps?.flatMap((item) => item ?? [])",
    input: { Gaps: ["a", null] },
    found: ["a"],
  },
  {
    path: "Lists[]",
    parameter: "Arns",
    printed: "input.Lists.flatMap((item) => item)",
    input: { Lists: [["a"], ["b", "c"]] },
    found: ["a", "b", "c"],
  },
  {
    path: "Groups[*].Members[].Name",
    parameter: "Arns",
    printed:
      "input.Groups?.flatMap((item) => item.Members ?? []).flatMap((item) => item.Name ?? [])",
    input: { Groups: [{ Members: [{ Name: "a" }, {}] }, {}, { Members: [{ Name: "b" }] }] },
    found: ["a", "b"],
  },
  {
    path: "Items[*].[Name, Id][]",
    parameter: "Arns",
    printed: "input.Items.flatMap((item) => [item.Name, item.Id]).flatMap((item) => item ?? [])",
    input: { Items: [{ Name: "a", Id: "b" }, { Id: "c" }] },
    found: ["a", "b", "c"],
  },
  {
    path: "Items[*][Id, Id][]",
    parameter: "Arns",
    printed: "input.Items.flatMap((item) => [item.Id, item.Id])",
    input: { Items: [{ Id: "c" }] },
    found: ["c", "c"],
  },
  {
    path: "[Table, Settings.Id]",
    parameter: "Arns",
    printed: "[input.Table, input.Settings.Id].flatMap((item) => item ?? [])",
    input: { Settings: { Id: "i" } },
    found: ["i"],
  },
  {
    path: "keys(Tables)",
    parameter: "Arns",
    printed: "Object.keys(input.Tables)",
    input: { Tables: { a: "1", b: "2" } },
    found: ["a", "b"],
  },
  {
    path: "keys(MaybeTables)",
    parameter: "Arns",
    printed: "Object.keys(input.MaybeTables ?? {})",
    input: {},
    found: [],
  },
  {
    path: "MaybeTables.first.Id",
    parameter: "Arn",
    printed: "input.MaybeTables?.first?.Id",
    input: { MaybeTables: { first: { Id: "i" } } },
    found: "i",
  },
  {
    path: "Choice.Name",
    parameter: "Arn",
    printed: "input.Choice?.Name",
    input: { Choice: { Name: "n" } },
    found: "n",
  },
];

describe("a path into the input is printed as an expression", () => {
  test.each(cases)("$path", ({ path, parameter, printed, input, found }) => {
    const expression = printPath(path, parameter, ...inputMembers);
    expect(expression).toBe(printed);
    expect(new Function("input", `return ${expression}`)({ ...least, ...input })).toEqual(found);
  });

  test("all of them compile", { timeout: 60_000 }, async () => {
    const functions = cases.map(({ path, parameter }, index) => {
      const expression = printPath(path, parameter, ...inputMembers);
      return `export const select${index}: Select = (input) => ({ ${parameter}: ${expression} });`;
    });
    const select = `
      import type { EndpointParameters } from "@pawprint/runtime/protocol";
      type Select = (input: Input) => EndpointParameters;
    `;
    const file = { path: "paths.ts", text: [select, inputType, ...functions].join("\n") };
    expect(await typeCheck([file])).toBe("");
  });
});

describe("a path that leads nowhere is refused with its place", () => {
  test.each([
    ["Tabel", "Arn", "the structure Part has no Tabel"],
    ["Table.Name", "Arn", "the string Text has no Name"],
    ["Table[*]", "Arns", "leads to the string Text; stringArray belongs here"],
    ["Table[*].Name", "Arns", "the string Text is no list"],
    ["At", "Arn", "leads to the timestamp Time; string belongs here"],
    ["Items", "Arns", "leads to the list List; stringArray belongs here"],
    ["Table", "Fast", "leads to the string Text; boolean belongs here"],
    ["Items[*].[Name, Id]", "Arns", "gives lists inside a list"],
    ["[Table, Fast]", "Arns", "the items between [ and ] are of different types"],
    ["keys(Items)", "Arns", "the list List has no keys"],
    ["Table ||", "Arn", 'the path "Table ||" has "|" where'],
  ])("%s", (path, parameter, problem) => {
    expect(() => printPath(path, parameter, ...inputMembers)).toThrow(
      `model.json: ns#Get: /traits/smithy.rules#operationContextParams/${parameter}/path: ${problem}`,
    );
  });
});

test("an operation that binds nothing has no function", () => {
  expect(print(operation({}, member("Table", text)))).toBeUndefined();
});

test("members and fixed values are collected in the order of the rule set", () => {
  const fixed = { staticContextParams: { Fast: { value: true }, Arns: { value: ["a", "b"] } } };
  expect(print(operation(fixed, bound("Table", text, "Arn")))).toBe(
    '(input) => ({ Arn: input.Table, Fast: true, Arns: ["a", "b"] })',
  );
});

test("where only fixed values are bound, the input is not asked for", () => {
  expect(print(operation({ staticContextParams: { Arn: { value: "a" } } }))).toBe(
    '() => ({ Arn: "a" })',
  );
});

test("a fixed value comes before a member, and a member before a path", () => {
  const path = { operationContextParams: { Arn: { path: "Other" } } };
  const members = [bound("Table", text, "Arn"), member("Other", text)];
  expect(print(operation(path, ...members))).toBe("(input) => ({ Arn: input.Table })");
  const fixed = { ...path, staticContextParams: { Arn: { value: "fixed" } } };
  expect(print(operation(fixed, ...members))).toBe('() => ({ Arn: "fixed" })');
});

test.each([
  [
    operation({ staticContextParams: { Other: { value: "a" } } }),
    "model.json: ns#Get: /traits/smithy.rules#staticContextParams/Other: the endpoint rules have no parameter Other; they have Region, Arn, Fast, Arns",
  ],
  [
    operation({ staticContextParams: { Fast: { value: "yes" } } }),
    'model.json: ns#Get: /traits/smithy.rules#staticContextParams/Fast/value: found "yes"; true or false belongs here',
  ],
  [
    operation({ operationContextParams: { Arn: {} } }),
    "model.json: ns#Get: /traits/smithy.rules#operationContextParams/Arn/path: found nothing; a string belongs here",
  ],
  [
    operation({}, bound("Table", text, "Other")),
    "model.json: ns#Input$Table: /traits/smithy.rules#contextParam/name: the endpoint rules have no parameter Other",
  ],
  [
    operation({}, bound("At", time, "Arn")),
    "model.json: ns#Input$At: /traits/smithy.rules#contextParam: leads to the timestamp Time; string belongs here",
  ],
])("a binding that does not fit is refused: %#", (described, problem) => {
  expect(() => emitEndpointParameters(described, ruleSet, address)).toThrow(problem);
});

test("a file with a collected parameter is printed as it stands", () => {
  const printed = emitEndpointParameters(
    operation({}, bound("Table", text, "Arn")),
    ruleSet,
    address,
  );
  expect(emitSourceFile("a.ts", "// A test printed this.", [printed]).text).toContain(
    "(input) => ({ Arn: input.Table })",
  );
});
