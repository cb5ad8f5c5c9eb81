import { describe, expect, test } from "vitest";
import {
  enumeration,
  exampleService,
  member,
  operation,
  problemOf,
  structure,
} from "./example.test-model.ts";
import { checkTrait } from "./traits.ts";

const address = ["model.json", "com.example#Thing"];
const harmless: ReadonlySet<string> = new Set(["com.other#color"]);

test.each([
  "smithy.api#required",
  "smithy.api#jsonName",
  "smithy.api#paginated",
  "aws.api#arn",
  "smithy.waiters#waitable",
  "aws.iam#requiredActions",
  "com.other#color",
])("%s is accepted", (trait) => {
  expect(problemOf(() => checkTrait(trait, address, harmless))).toBe("no problem");
});

test.each(["com.other#colour", "smithy.api#requird", "aws.iamx#requiredActions"])(
  "%s is unknown, which may mean anything",
  (trait) => {
    expect(problemOf(() => checkTrait(trait, address, harmless))).toBe(
      `model.json: com.example#Thing: trait ${trait} is unknown and may change what goes over the wire; if it does not, list it under harmlessTraits in an overlay, with the reason`,
    );
  },
);

test.each([
  ["aws.auth#unsignedPayload", "signatures without the payload"],
  ["aws.protocols#httpChecksum", "flexible checksums"],
])("an operation with %s is left out, and the others stay", (trait, feature) => {
  const { operations, omissions } = exampleService({
    Run: operation(),
    Upload: operation({ traits: { [trait]: {} } }),
  });
  expect(operations.map(({ name }) => name)).toEqual(["Run"]);
  expect(omissions).toEqual([
    {
      id: "com.example#Upload",
      reason: `it has the trait ${trait}, and ${feature} are not supported`,
    },
  ]);
});

describe("an unknown trait is found", () => {
  const unknown = { "com.other#color": "red" };
  const problem =
    "trait com.other#color is unknown and may change what goes over the wire; if it does not, list it under harmlessTraits in an overlay, with the reason";

  test.each([
    ["a member", "Input$Name", { Input: structure({ Name: member("String", unknown) }) }],
    [
      "a value of an enum",
      "Color$RED",
      { Input: structure({ Color: "Color" }), Color: enumeration("enum", { RED: unknown }) },
    ],
    ["a shape", "Input", { Input: structure({}, unknown) }],
    ["an operation", "Run", { Run: operation({ traits: unknown }) }],
  ])("on %s", (_where, place, shapes) => {
    expect(problemOf(() => exampleService(shapes))).toBe(
      `model.json: com.example#${place}: ${problem}`,
    );
  });

  test("not on a shape that no operation reaches", () => {
    expect(problemOf(() => exampleService({ Unused: structure({}, unknown) }))).toBe("no problem");
  });

  test("not on the service, whose traits say how it is called and signed", () => {
    expect(problemOf(() => exampleService({}, { traits: unknown }))).toBe("no problem");
  });
});
