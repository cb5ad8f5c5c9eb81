import type { JsonObject } from "./json.ts";

/**
 * Keeps members that the model calls sensitive out of what `console.log` and `util.inspect` print
 * of an object, on Node, Deno and Bun. The members themselves are as they were. Without names, all
 * are kept out.
 */
export function concealMembers(object: JsonObject, names?: readonly string[]): void {
  Object.defineProperty(object, inspectCustom, {
    configurable: true,
    value(this: JsonObject, _depth: number, options: object, inspect?: Inspect): unknown {
      const shown = { ...this };
      for (const name of names ?? Object.keys(this)) {
        if (shown[name] !== undefined) shown[name] = concealedValue;
      }
      return inspect === undefined ? shown : inspect(shown, options);
    },
  });
}

type Inspect = (value: unknown, options: object) => string;

/** What these runtimes call, where an object has it, instead of printing the object. */
const inspectCustom: unique symbol = /* @__PURE__ */ Symbol.for(
  "nodejs.util.inspect.custom",
) as never;

const concealedValue = "(a sensitive value)";
