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
  ["aws.auth#unsignedPayload", "signing without the payload"],
  ["aws.protocols#httpChecksum", "flexible checksums"],
  ["smithy.api#httpChecksumRequired", "the Content-MD5 header"],
])("%s asks for what is not built", (trait, feature) => {
  expect(problemOf(() => checkTrait(trait, address, harmless))).toBe(
    `model.json: com.example#Thing: trait ${trait}: ${feature} is not supported yet`,
  );
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
