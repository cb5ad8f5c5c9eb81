import { expect, test } from "vitest";
import { createRandom } from "./random.ts";

function draw(seed: number, name: string): readonly number[] {
  const random = createRandom(seed, name);
  return Array.from({ length: 5 }, () => random.below(1_000_000));
}

test("the same seed and name give the same numbers, others give others", () => {
  expect(draw(1, "a")).toEqual(draw(1, "a"));
  const drawn = [draw(1, "a"), draw(2, "a"), draw(1, "b"), draw(-1, "a"), draw(0, "")];
  expect(new Set(drawn.flat()).size).toBe(25);
});

test("all numbers below the limit come, evenly, and no other", () => {
  const random = createRandom(0, "dice");
  const counts = [0, 0, 0, 0, 0, 0];
  for (let throws = 0; throws < 6000; throws += 1) {
    const face = random.below(6);
    counts[face] = (counts[face] ?? 0) + 1;
  }
  expect(counts).toHaveLength(6);
  expect(
    counts.every((count) => count > 850 && count < 1150),
    String(counts),
  ).toBe(true);
});

test("neighbouring seeds do not give neighbouring numbers", () => {
  const firsts = Array.from({ length: 100 }, (_, seed) => createRandom(seed, "/a").below(10));
  expect(new Set(firsts).size).toBe(10);
});

test("there is nothing to pick from nothing", () => {
  expect(createRandom(0, "").pick([])).toBeUndefined();
});
