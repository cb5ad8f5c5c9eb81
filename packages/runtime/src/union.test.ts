import { expectTypeOf, it } from "vitest";
import type { Union } from "./union.ts";
import type { Unit } from "./unit.ts";

type Value = Union<{ Text: string; Count: number }>;

it("a union is an object with exactly one member", () => {
  expectTypeOf<{ Text: string }>().toExtend<Value>();
  expectTypeOf<{ Count: number; Text?: undefined }>().toExtend<Value>();
  expectTypeOf<{ Text: string; Count: number }>().not.toExtend<Value>();
  expectTypeOf<{ Text: number }>().not.toExtend<Value>();
  expectTypeOf<{ Other: string }>().not.toExtend<Value>();
  expectTypeOf<Record<string, never>>().not.toExtend<Required<Value>>();
});

it("a union may have a member that the package does not know", () => {
  expectTypeOf<{ $unknown: readonly [string, unknown] }>().toExtend<Value>();
  expectTypeOf<{ $unknown: [string, unknown]; Text: string }>().not.toExtend<Value>();
});

it("a check of one member of a union narrows the rest", () => {
  const narrow = (value: Value): string => {
    if (value.Text !== undefined) {
      expectTypeOf(value.Text).toEqualTypeOf<string>();
      expectTypeOf(value.Count).toEqualTypeOf<undefined>();
      return value.Text;
    }
    if (value.Count !== undefined) return String(value.Count);
    expectTypeOf(value.$unknown).toEqualTypeOf<readonly [name: string, value: unknown]>();
    return value.$unknown[0];
  };
  expectTypeOf(narrow).returns.toBeString();
});

it("a union can be read from without a check of each member", () => {
  expectTypeOf<Value["Text"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Value["Count"]>().toEqualTypeOf<number | undefined>();
});

it("a unit is an object without members", () => {
  // biome-ignore lint/complexity/noBannedTypes: it is what a caller writes
  expectTypeOf<{}>().toExtend<Unit>();
  expectTypeOf<{ Id: string }>().not.toExtend<Unit>();
});
