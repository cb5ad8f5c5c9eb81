import { join } from "node:path";
import { findProblems, type Shape } from "@pawprint/runtime/protocol";
import { describe, expect, test } from "vitest";
import { findModelProblems, readModel } from "./model-check.ts";
import { findSampledServices } from "./service-packages.ts";

// Samples of every input and output, of many seeds, checked twice: by the check that generated
// packages have, and by the model itself, with the patterns that are left to the service.

type Sample = (options?: { readonly seed?: number; readonly overrides?: object }) => object;

const services = findSampledServices();
const seeds = Array.from({ length: 20 }, (_, seed) => seed * 7919 - 5);

describe.each(services)("samples of $service", ({ folder, model }) => {
  const load = async <T>(path: string): Promise<T> => import(/* @vite-ignore */ join(folder, path));

  test("are what the model allows, whatever the seed", async () => {
    const samples = Object.entries(
      await load<{ readonly [name: string]: Sample }>("mocks/src/samples.ts"),
    );
    const shapes = {
      ...(await load<{ readonly [name: string]: Shape }>("core/src/shapes.ts")),
      ...(await load<{ readonly [name: string]: Shape }>("mocks/src/shapes.ts")),
    };
    const read = readModel(model);
    const problems = samples.flatMap(([name, sample]) => {
      const shape = name.replace(/^sample/, "");
      const constant = `${shape.charAt(0).toLowerCase()}${shape.slice(1)}Shape`;
      return seeds.flatMap((seed) => {
        const value = sample({ seed });
        return [
          ...findProblems(shapes[constant] as Shape, value).map(
            ({ path, message }) => `${name}(${seed}): ${path}: ${message}`,
          ),
          ...findModelProblems(read, shape, value).map((text) => `${name}(${seed}): ${text}`),
        ];
      });
    });
    expect(problems.slice(0, 10)).toEqual([]);
    expect(samples.length).toBeGreaterThanOrEqual(7);
  });

  test("are the same for the same seed, and many for many seeds", async () => {
    const samples = Object.values(
      await load<{ readonly [name: string]: Sample }>("mocks/src/samples.ts"),
    );
    const print = (value: object): string =>
      JSON.stringify(value, (_name, part: unknown) =>
        typeof part === "bigint" ? `${part}n` : part,
      );
    const printed = samples.map((sample) => seeds.map((seed) => print(sample({ seed }))));
    expect(printed).toEqual(samples.map((sample) => seeds.map((seed) => print(sample({ seed })))));
    const distinct = printed.map((texts) => new Set(texts).size);
    expect(distinct.filter((count) => count > 1).length).toBeGreaterThan(samples.length / 3);
  });
});
