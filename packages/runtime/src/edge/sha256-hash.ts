/**
 * SHA-256 (FIPS 180-4). It weighs 0.6 kB in a bundle, where that of `@noble/hashes` weighs 2.2 kB,
 * and is as fast. No branch and no index depends on the data.
 */
export function hashSha256(data: Uint8Array): Uint8Array {
  // The data, a one bit, zeros, and the number of bits in 64 bits: blocks of 64 bytes.
  const padded = new Uint8Array(Math.ceil((data.length + 9) / 64) * 64);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, data.length / 2 ** 29);
  view.setUint32(padded.length - 4, data.length << 3);

  const state = initialState.slice() as unknown as State;
  for (let start = 0; start < padded.length; start += 64) mixBlock(state, view, start);
  for (let index = 0; index < 8; index += 1) view.setInt32(index * 4, state[index] as number);
  return padded.slice(0, 32);
}

/** The names of the standard: `a` to `h` are the working variables, `w` is the message schedule. */
function mixBlock(state: State, block: DataView, start: number): void {
  for (let t = 0; t < 16; t += 1) w[t] = block.getInt32(start + t * 4);
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15] as number;
    const y = w[t - 2] as number;
    w[t] =
      (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)) +
      (w[t - 7] as number) +
      (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) +
      (w[t - 16] as number);
  }

  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let t = 0; t < 64; t += 1) {
    const t1 =
      (h +
        (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
        // Ch and Maj, with an operation less than in the standard: 10 % faster.
        (g ^ (e & (f ^ g))) +
        (roundConstants[t] as number) +
        (w[t] as number)) |
      0;
    const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) | (c & (a | b)));
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** Words of 32 bits, as the array keeps them whatever is added. */
type State = [number, number, number, number, number, number, number, number];

/** One for all calls: none of them waits for anything. */
const w: Int32Array = /* @__PURE__ */ new Int32Array(64);

// Computed instead of written down, which saves 0.3 kB. A double has 18 bits more than are taken,
// and in no root are these 18 within 256 of a round number: an engine would have to be that far off.
const initialState: Int32Array = /* @__PURE__ */ createConstants(8, Math.sqrt);
const roundConstants: Int32Array = /* @__PURE__ */ createConstants(64, Math.cbrt);

/** The first 32 bits of the fractions of the first primes' roots. */
function createConstants(count: number, root: (prime: number) => number): Int32Array {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return Int32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}
