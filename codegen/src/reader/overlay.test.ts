import { describe, expect, test } from "vitest";
import {
  member,
  type Part,
  type Parts,
  problemOf,
  readExample,
  simple,
  structure,
} from "./example.test-model.ts";
import { lowerService } from "./lower.ts";
import type { Model } from "./model.ts";
import { applyOverlay, readOverlay } from "./overlay.ts";

const shapes = {
  Input: structure({ Name: member("Text", { documentation: "Old." }) }),
  Text: simple("string", { length: { max: 10 } }),
};

const source = { reason: "the service says so", source: "its documentation" };

function correct(overlay: Part, parts: Parts = shapes): Model {
  return applyOverlay(readExample(parts), readOverlay(overlay, "model.overlay.json"));
}

describe("a correction", () => {
  test("adds traits to a shape, and replaces those that it has", () => {
    const traits = { "smithy.api#length": { max: 20 }, "smithy.api#sensitive": {} };
    const { shapes: corrected } = correct({
      corrections: [{ target: "com.example#Text", traits, ...source }],
    });
    expect(Object.fromEntries(corrected.get("com.example#Text")?.traits ?? [])).toEqual(traits);
  });

  test("reaches a member", () => {
    const traits = { "smithy.api#required": {} };
    const { shapes: corrected } = correct({
      corrections: [{ target: "com.example#Input$Name", traits, ...source }],
    });
    expect(
      Object.fromEntries(corrected.get("com.example#Input")?.members.get("Name")?.traits ?? []),
    ).toEqual({ "smithy.api#documentation": "Old.", "smithy.api#required": {} });
  });

  test("removes a trait where the value is null", () => {
    const { shapes: corrected } = correct({
      corrections: [
        { target: "com.example#Text", traits: { "smithy.api#length": null }, ...source },
      ],
    });
    expect(corrected.get("com.example#Text")?.traits.size).toBe(0);
  });

  test("leaves the model that it was given as it is", () => {
    const model = readExample(shapes);
    const traits = { "smithy.api#length": null };
    const overlay = { corrections: [{ target: "com.example#Text", traits, ...source }] };
    applyOverlay(model, readOverlay(overlay, "model.overlay.json"));
    expect(model.shapes.get("com.example#Text")?.traits.size).toBe(1);
  });
});

test("rules come into the service model in their order", () => {
  const rule = {
    id: "size",
    targets: ["com.example#Input", "com.example#Input$Name"],
    since: "2020-02-29",
    until: "2021",
    statement: "A name has at most 10 letters.",
    values: { most: 10, unit: "letters", strict: true, kinds: ["a", "b"] },
    source: "its documentation",
  };
  const later = { ...rule, since: "2021", until: undefined, values: undefined };
  const { rules } = lowerService(correct({ rules: [rule, later] }));
  expect(rules).toEqual([rule, { ...later, values: {} }]);
});

test("a trait that the overlay vouches for is accepted", () => {
  const parts = { Input: structure({ Name: member("String", { "com.other#color": "red" }) }) };
  const vouched = { harmlessTraits: [{ trait: "com.other#color", reason: "for the console" }] };
  const { shapes: lowered } = lowerService(correct(vouched, parts));
  expect(lowered.map(({ name }) => name)).toEqual(["Input", "String"]);
});

test("an overlay that names the model's service is for that model", () => {
  expect(correct({ service: "com.example#ExampleService" }).rules).toEqual([]);
});

test("no overlay changes nothing", () => {
  const model = readExample(shapes);
  expect(applyOverlay(model, undefined)).toBe(model);
});

describe("an overlay that cannot be meant is refused with its place", () => {
  const rule = { id: "a", targets: [], statement: "b", source: "c" };
  test.each<[string, Part, string]>([
    [
      "a misspelt part",
      { correction: [] },
      '/correction: unknown property; what belongs here is one of "service", "rules", "credentialRefusals", "corrections", "harmlessTraits"',
    ],
    ["a part that is no list", { rules: {} }, "/rules: found an object; an array belongs here"],
    [
      "the overlay of another service",
      { service: "com.example#Other" },
      "/service: com.example#Other is no service of model.json; give each model its own overlay",
    ],
    [
      "a rule without a source",
      { rules: [{ ...rule, source: undefined }] },
      "/rules/0/source: found nothing; a string belongs here",
    ],
    [
      "a rule for a shape that is missing",
      { rules: [rule, { ...rule, targets: ["com.example#Gone"] }] },
      "/rules/1/targets: com.example#Gone is not in model.json",
    ],
    [
      "a rule with a property of its own",
      { rules: [{ ...rule, from: "2020" }] },
      '/rules/0/from: unknown property; what belongs here is one of "id", "targets", "since", "until", "statement", "values", "source"',
    ],
    [
      "a rule since no day",
      { rules: [{ ...rule, since: "2020-13" }] },
      '/rules/0/since: found "2020-13"; a date (YYYY, YYYY-MM or YYYY-MM-DD) belongs here',
    ],
    [
      "a rule since a day that its month does not have",
      { rules: [{ ...rule, since: "2021-02-29" }] },
      '/rules/0/since: found "2021-02-29"; a date (YYYY, YYYY-MM or YYYY-MM-DD) belongs here',
    ],
    [
      "a rule until a day in another notation",
      { rules: [{ ...rule, until: "1.2.2020" }] },
      '/rules/0/until: found "1.2.2020"; a date (YYYY, YYYY-MM or YYYY-MM-DD) belongs here',
    ],
    [
      "a rule with a value that is an object",
      { rules: [{ ...rule, values: { most: {} } }] },
      "/rules/0/values/most: found an object; a string, a number, true, false or an array of strings belongs here",
    ],
    [
      "a correction without a reason",
      { corrections: [{ target: "com.example#Text", traits: {}, source: "b" }] },
      "/corrections/0/reason: found nothing; a string belongs here",
    ],
    [
      "a correction of a shape that is missing",
      { corrections: [{ target: "com.example#Gone", traits: {}, ...source }] },
      "/corrections/0: com.example#Gone is not in model.json",
    ],
    [
      "a correction of a member that is missing",
      { corrections: [{ target: "com.example#Input$Gone", traits: {}, ...source }] },
      "/corrections/0: com.example#Input$Gone is not in model.json",
    ],
    [
      "a trait that nobody vouches for with a reason",
      { harmlessTraits: [{ trait: "com.other#color" }] },
      "/harmlessTraits/0/reason: found nothing; a string belongs here",
    ],
  ])("%s", (_what, overlay, problem) => {
    expect(problemOf(() => correct(overlay))).toBe(`model.overlay.json: ${problem}`);
  });
});

describe("a refusal of credentials", () => {
  const refusal = {
    operations: ["com.example#Get"],
    errors: ["AccessDeniedException"],
    credentials: ["long-term-keys"],
    advice: "Use a role.",
    source: "its documentation",
  };
  const parts = { ...shapes, Get: { type: "operation" } };

  test("belongs to operations, by their names on the wire", () => {
    const { credentialRefusals } = correct({ credentialRefusals: [refusal] }, parts);
    expect(credentialRefusals).toEqual([{ ...refusal, operations: ["Get"] }]);
  });

  test.each([
    [{ operations: ["com.example#Input"] }, "/operations: com.example#Input is no operation of"],
    [{ operations: ["com.example#Gone"] }, "/operations: com.example#Gone is no operation of"],
    [{ credentials: ["keys"] }, "/credentials/0: "],
    [{ hint: "x" }, "/hint: unknown property"],
  ])("that cannot be has an address: %j", (changes, problem) => {
    const overlay = { credentialRefusals: [{ ...refusal, ...changes }] };
    expect(problemOf(() => correct(overlay, parts))).toContain(
      `model.overlay.json: /credentialRefusals/0${problem}`,
    );
  });
});
