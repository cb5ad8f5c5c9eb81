import { expect, test } from "vitest";
import type { Part } from "../example.test-model.ts";
import { lowerService } from "../lower.ts";
import { ModelError } from "../model-error.ts";
import {
  exampleRules,
  exampleService2,
  member,
  operation,
  structure,
} from "./example.test-model.ts";
import { readService2, type SiblingName } from "./service-2.ts";

/** One of everything, by the name of its file. */
function exampleFiles(): { readonly [file: string]: unknown } {
  return {
    "service-2": exampleService2({
      metadata: { auth: ["aws.auth#sigv4"], protocols: ["json"], awsQueryCompatible: {} },
      top: { documentation: "An example.", examples: {} },
      operations: {
        List: operation({
          name: "List",
          input: { shape: "Input" },
          output: { shape: "Output" },
          errors: [{ shape: "Broken" }],
          documentation: "Lists.",
          deprecated: true,
          deprecatedMessage: "Get.",
          endpoint: { hostPrefix: "data-" },
          staticContextParams: {},
          endpointdiscovery: { required: false },
          auth: ["aws.auth#sigv4"],
        }),
      },
      shapes: {
        Input: structure(
          { Token: member("Text"), Size: member("Number", { min: 1 }), Kind: member("Kind") },
          { required: ["Kind"], documentation: "An input." },
        ),
        Output: structure({
          Token: member("Text"),
          Things: member("Things"),
          Ready: member("Flag"),
        }),
        Text: { type: "string", min: 1, max: 9, pattern: "a+", sensitive: true },
        Number: { type: "integer", min: 0, max: 9 },
        Kind: { type: "string", enum: ["A", "b-c"] },
        Flag: { type: "boolean", box: true },
        Things: { type: "list", member: member("Thing"), max: 5 },
        Thing: structure(
          { At: member("Time"), Tags: member("Tags"), Data: member("Data") },
          { union: true },
        ),
        Time: { type: "timestamp", timestampFormat: "iso8601" },
        Tags: { type: "map", key: member("Text"), value: member("Any"), flattened: true },
        Any: structure({}, { document: true }),
        Data: { type: "blob", max: 5 },
        Broken: structure(
          { message: member("Text") },
          {
            exception: true,
            fault: true,
            retryable: { throttling: true },
            error: { httpStatusCode: 500 },
          },
        ),
      },
    }),
    "endpoint-rule-set-1": exampleRules,
    "endpoint-tests-1": {
      version: "1.0",
      testCases: [{ params: {}, expect: { endpoint: { url: "https://example.com" } } }],
    },
    "examples-1": {
      version: "1.0",
      examples: { List: [{ title: "A", description: "B", input: {}, output: {} }] },
    },
    "paginators-1": {
      pagination: {
        List: {
          input_token: "Token",
          output_token: ["Token"],
          limit_key: "Size",
          result_key: ["Things"],
          more_results: "Ready",
          non_aggregate_keys: [],
        },
      },
    },
    "waiters-2": {
      version: 2,
      waiters: {
        Ready: {
          operation: "List",
          delay: 5,
          maxAttempts: 3,
          acceptors: [
            { matcher: "path", argument: "Ready", expected: true, state: "success" },
            { matcher: "error", expected: "Broken", state: "failure" },
          ],
        },
      },
    },
  };
}

/** Reads and lowers the files. Gives the error where it is one for people. */
function read(files: { readonly [file: string]: unknown }): ModelError | undefined {
  const { "service-2": main, ...rest } = files;
  const siblings = Object.entries(rest).map(
    ([name, value]) => [name as SiblingName, { value, file: `${name}.json` }] as const,
  );
  try {
    lowerService(readService2({ value: main, file: "service-2.json" }, new Map(siblings)));
    return undefined;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

/** The steps to every value inside of a value. */
function pathsIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [name],
    ...pathsIn(inner).map((path) => [name, ...path]),
  ]);
}

/** A copy in which one value is another, or is gone. */
function replace(value: unknown, [step = "", ...path]: readonly string[], other: unknown): unknown {
  const container = value as Part;
  const inner = path.length === 0 ? other : replace(container[step], path, other);
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === step ? inner : item));
  const entries = Object.entries({ ...container, [step]: inner });
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
}

const others: readonly unknown[] = [undefined, null, true, 0, -1.5, "", "x", [], [1], {}, { a: 1 }];

test("the example has nothing wrong", () => {
  expect(read(exampleFiles())).toBeUndefined();
});

test("whatever stands in the place of a value, there is a model or an error with an address", () => {
  const files = exampleFiles();
  const addresses = pathsIn(files)
    .filter((path) => path.length > 1)
    .flatMap((path) =>
      others.flatMap((other) => {
        const error = read(replace(files, path, other) as typeof files);
        return error === undefined ? [] : [error.address[0]];
      }),
    );
  expect(addresses.length).toBeGreaterThan(500);
  expect([...new Set(addresses)].sort()).toEqual(
    Object.keys(files)
      .map((name) => `${name}.json`)
      .sort(),
  );
});
