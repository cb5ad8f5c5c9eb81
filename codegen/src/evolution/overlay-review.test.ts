import { expect, test } from "vitest";
import { member, type Part, readExample, simple, structure } from "../reader/example.test-model.ts";
import { applyOverlay, readOverlay } from "../reader/overlay.ts";
import { reviewOverlay, withoutGone } from "./overlay-review.ts";

const model = readExample({
  Input: structure({ Name: member("Text", { "com.other#color": "red" }) }),
  Text: simple("string", { length: { max: 10 } }),
});

const source = { reason: "the service says so", source: "its documentation" };

function correction(target: string, traits: Part): Part {
  return { target: `com.example#${target}`, traits, ...source };
}

function rule(id: string, ...targets: readonly string[]): Part {
  return {
    id,
    targets: targets.map((target) => `com.example#${target}`),
    statement: "It is so.",
    source: "its documentation",
  };
}

function review(overlay: Part) {
  const reviewed = reviewOverlay(readOverlay(overlay, "model.overlay.json"), model);
  const remarks = reviewed.remarks.map(
    ({ kind, pointer, message }) => `${kind} ${pointer}: ${message}`,
  );
  const text = `${JSON.stringify(overlay, undefined, 2)}\n`;
  const left: unknown = JSON.parse(withoutGone(text, reviewed));
  return { remarks, left, overlay: reviewed.overlay };
}

test("an overlay that does all that it was written for stays as it is, byte for byte", () => {
  const overlay = {
    rules: [rule("size", "Input", "Input$Name")],
    corrections: [correction("Text", { "smithy.api#length": { max: 20 } })],
    harmlessTraits: [{ trait: "com.other#color", reason: "for the console" }],
  };
  expect(review(overlay)).toMatchObject({ remarks: [], left: overlay });
  const text = JSON.stringify(overlay);
  expect(withoutGone(text, reviewOverlay(readOverlay(overlay, "o.json"), model))).toBe(text);
});

test("what is about shapes and members that are gone is removed, and the rest stays", () => {
  const sensitive = { "smithy.api#sensitive": {} };
  const overlay = {
    rules: [rule("a", "Gone"), rule("b", "Input", "Input$Gone", "Gone", "Text"), rule("c", "Text")],
    corrections: [
      correction("Gone", sensitive),
      correction("Text", sensitive),
      correction("Input$Gone", sensitive),
    ],
  };
  const { remarks, left, overlay: kept } = review(overlay);
  expect(remarks).toEqual([
    "gone /corrections/0: the correction of com.example#Gone: it is not in the model",
    "gone /corrections/2: the correction of com.example#Input$Gone: it is not in the model",
    "gone /rules/0: the rule a: nothing that it is for is in the model",
    "gone /rules/1/targets/1: the rule b for com.example#Input$Gone: it is not in the model",
    "gone /rules/1/targets/2: the rule b for com.example#Gone: it is not in the model",
  ]);
  expect(left).toEqual({
    rules: [rule("b", "Input", "Text"), rule("c", "Text")],
    corrections: [correction("Text", sensitive)],
  });
  expect(applyOverlay(model, kept).rules.map(({ id }) => id)).toEqual(["b", "c"]);
});

test("a correction that changes nothing any more is told, and kept", () => {
  const overlay = {
    corrections: [
      correction("Text", { "smithy.api#length": { max: 10 }, "smithy.api#pattern": null }),
      correction("Text", { "smithy.api#length": { max: 11 } }),
      correction("Text", { "smithy.api#length": { max: 11 } }),
    ],
  };
  const { remarks, left } = review(overlay);
  expect(remarks).toEqual([
    "idle /corrections/0: the correction of com.example#Text: the model says the same without it",
    "idle /corrections/2: the correction of com.example#Text: the model says the same without it",
  ]);
  expect(left).toEqual(overlay);
});

test("a harmless trait that nothing has is told, and kept", () => {
  const overlay = { harmlessTraits: [{ trait: "com.other#size", reason: "for the console" }] };
  expect(review(overlay)).toMatchObject({
    remarks: [
      "idle /harmlessTraits/0: the harmless trait com.other#size: nothing in the model has it",
    ],
    left: overlay,
  });
});
