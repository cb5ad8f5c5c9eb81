/** Numbers that look like chance and are the same on every run. */
export interface Random {
  /** A whole number from 0 up to the limit, which is not reached. */
  below(limit: number): number;
  /** One of the values; `undefined` where there is none. */
  pick<Value>(values: readonly Value[]): Value | undefined;
}

/** Numbers of a seed, other ones for each name. */
export function createRandom(seed: number, name: string): Random {
  let state = mix(hash(name) ^ mix(seed | 0));
  const below = (limit: number): number => {
    state = (state + 0x9e3779b9) | 0;
    return Math.floor(((mix(state) >>> 0) / 2 ** 32) * limit);
  };
  return { below, pick: (values) => values[below(values.length)] };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}

/** The finalizer of MurmurHash3: each bit of the number changes half of the bits of the result. */
function mix(number: number): number {
  let value = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
