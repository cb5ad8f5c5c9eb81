/** Objects of the platform that cost more than they look. */
export interface ObjectCounts {
  headersObjects: number;
  urlObjects: number;
  abortControllers: number;
  /** Calls of `JSON.stringify` and `JSON.parse`. */
  jsonConversions: number;
  /** Texts that were made into bytes, or bytes into text, with an encoder or decoder. */
  textConversions: number;
}

/** Counts what is made of globals from now on. */
export function countObjects(): ObjectCounts {
  const counts: ObjectCounts = {
    headersObjects: 0,
    urlObjects: 0,
    abortControllers: 0,
    jsonConversions: 0,
    textConversions: 0,
  };
  const constructors = {
    Headers: "headersObjects",
    URL: "urlObjects",
    AbortController: "abortControllers",
  } as const;
  for (const [name, count] of Object.entries(constructors)) {
    const original = Reflect.get(globalThis, name) as new () => object;
    const counting = new Proxy(original, {
      construct: (target, args, newTarget) => {
        counts[count] += 1;
        return Reflect.construct(target, args, newTarget) as object;
      },
    });
    Reflect.set(globalThis, name, counting);
  }
  const methods = [
    [JSON, "stringify", "jsonConversions"],
    [JSON, "parse", "jsonConversions"],
    [TextEncoder.prototype, "encode", "textConversions"],
    [TextEncoder.prototype, "encodeInto", "textConversions"],
    [TextDecoder.prototype, "decode", "textConversions"],
  ] as const;
  for (const [owner, name, count] of methods) {
    const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
      counts[count] += 1;
      return original.apply(this, args);
    });
  }
  return counts;
}
