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

const shapes = {
  ListInput: structure({
    Marker: member("String"),
    Limit: member("Integer"),
    Other: member("String"),
  }),
  ListOutput: structure({
    NextMarker: member("String"),
    Truncated: member("Boolean"),
    Count: member("Integer"),
    Things: member("Things"),
    Others: member("Things"),
    Page: member("Page"),
  }),
  Page: structure({ Things: member("Things"), NextMarker: member("String") }),
  Things: { type: "list", member: { shape: "String" } },
  Integer: { type: "integer" },
  Boolean: { type: "boolean" },
};

function partsWith(paginator: unknown): Service2Parts {
  return {
    shapes,
    operations: {
      List: operation({
        name: "List",
        input: { shape: "ListInput" },
        output: { shape: "ListOutput" },
      }),
    },
    siblings: { "paginators-1": { pagination: { List: paginator } } },
  };
}

const tokens: Part = { input_token: "Marker", output_token: "NextMarker" };

function lowerWith(paginator: Part): Service {
  return lowerExample2(partsWith({ ...tokens, ...paginator }));
}

/** The pagination, with names in the place of members. */
function pagesWith(paginator: Part): unknown {
  const { inputToken, outputToken, items, pageSize } =
    lowerWith(paginator).operations[0]?.pagination ?? {};
  return {
    inputToken: inputToken?.name,
    outputToken: outputToken?.map(({ name }) => name).join("."),
    items: items?.map(({ name }) => name).join("."),
    pageSize: pageSize?.name,
  };
}

function problemWith(paginator: unknown): string {
  return problemOf(() => lowerExample2(partsWith(paginator)));
}

describe("pages", () => {
  const plain = {
    inputToken: "Marker",
    outputToken: "NextMarker",
    items: undefined,
    pageSize: undefined,
  };

  test.each<[string, Part, Part]>([
    ["hand on a token", {}, {}],
    [
      "hand on a token written as a list",
      { input_token: ["Marker"], output_token: ["NextMarker"] },
      {},
    ],
    [
      "hand on a token from inside of the output",
      { output_token: "Page.NextMarker" },
      { outputToken: "Page.NextMarker" },
    ],
    ["have a size", { limit_key: "Limit" }, { pageSize: "Limit" }],
    ["have items", { result_key: "Things" }, { items: "Things" }],
    ["have items inside of the output", { result_key: "Page.Things" }, { items: "Page.Things" }],
    [
      "have the one list of several results as items",
      { result_key: ["Things", "Count"] },
      { items: "Things" },
    ],
    ["have no items where there are two lists", { result_key: ["Things", "Others"] }, {}],
    ["have no items where the results are no list", { result_key: ["Count"] }, {}],
    [
      "need neither the word that there are more nor what all pages say",
      { more_results: "Truncated", non_aggregate_keys: ["Count"] },
      {},
    ],
  ])("%s", (_what, paginator, expected) => {
    expect(pagesWith(paginator)).toEqual({ ...plain, ...expected });
  });

  test.each<[string, Part, string]>([
    [
      "the token is an expression",
      { output_token: "NextMarker || Things[-1]" },
      "the token of its next page is NextMarker || Things[-1], and loops hand on a member as it is",
    ],
    [
      "there are several tokens",
      { input_token: ["Marker", "Other"], output_token: ["NextMarker", "Page.NextMarker"] },
      "its pages need several tokens (Marker, Other), and loops hand on one",
    ],
  ])("are left out where %s, and said to be", (_what, paginator, reason) => {
    const { operations, omissions } = lowerWith(paginator);
    expect(operations[0]?.pagination).toBeUndefined();
    expect(omissions).toEqual([{ id: "com.amazonaws.example#List$pages", reason }]);
  });
});

describe("a paginator that is malformed is refused with the place", () => {
  test.each<[string, unknown, string]>([
    ["no object", [], ": found an array; an object belongs here"],
    [
      "no token to send",
      { output_token: "NextMarker" },
      "/input_token: found nothing; a string or an array of strings belongs here",
    ],
    [
      "an empty list of tokens",
      { ...tokens, input_token: [] },
      "/input_token: found an array; a string or an array of strings belongs here",
    ],
    [
      "a list of other things",
      { ...tokens, result_key: [1] },
      "/result_key/0: found 1; a string belongs here",
    ],
    [
      "an unknown word",
      { ...tokens, page_size: "Limit" },
      '/page_size: unknown property; what belongs here is one of "input_token", "output_token", "limit_key", "result_key", "more_results", "non_aggregate_keys"',
    ],
    [
      "a token that the input does not have",
      { ...tokens, input_token: "Gone" },
      "/input_token: the structure ListInput has no member Gone",
    ],
    [
      "a token that the output does not have",
      { ...tokens, output_token: "Page.Gone" },
      "/output_token: the structure Page has no member Gone",
    ],
    [
      "a size that is no number",
      { ...tokens, limit_key: "Other" },
      "/limit_key: leads to the string String; a number belongs here",
    ],
    [
      "items that the output does not have",
      { ...tokens, result_key: "Gone" },
      "/result_key: the structure ListOutput has no member Gone",
    ],
    [
      "a token that the next page does not take",
      { ...tokens, output_token: "Things" },
      "/output_token: gives the list Things, and the next page takes the string String",
    ],
  ])("%s", (_what, paginator, problem) => {
    expect(problemWith(paginator)).toBe(`paginators-1.json: /pagination/List${problem}`);
  });

  test("of an operation that is not there", () => {
    const siblings = { "paginators-1": { pagination: { Gone: tokens } } };
    expect(problemOf(() => lowerExample2({ siblings }))).toBe(
      'paginators-1.json: /pagination/Gone: the service has no operation "Gone"',
    );
  });
});
