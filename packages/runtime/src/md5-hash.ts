/** MD5 (RFC 1321). No runtime but Node has it, and a package for it would be all that ours depend on. */
export function hashMd5(data: Uint8Array): Uint8Array {
  // The data, a one bit, zeros, and the number of bits in 64 bits: blocks of 64 bytes.
  const padded = new Uint8Array(Math.ceil((data.length + 9) / 64) * 64);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, data.length << 3, true);
  view.setUint32(padded.length - 4, data.length / 2 ** 29, true);

  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < padded.length; start += 64) state = mixBlock(state, view, start);
  state.forEach((word, index) => {
    view.setInt32(index * 4, word, true);
  });
  return padded.slice(0, 16);
}

/** Words of 32 bits. */
type State = [a: number, b: number, c: number, d: number];

function mixBlock(state: State, block: DataView, start: number): State {
  let [a, b, c, d] = state;
  for (let step = 0; step < 64; step += 1) {
    const round = step >> 4;
    const mixed =
      round === 0
        ? (b & c) | (~b & d)
        : round === 1
          ? (b & d) | (c & ~d)
          : round === 2
            ? b ^ c ^ d
            : c ^ (b | ~d);
    const word = (factors[round] as number) * step + (summands[round] as number);
    const input = block.getInt32(start + (word % 16) * 4, true);
    const sum = (a + mixed + input + (constants[step] as number)) | 0;
    const shift = shifts[round * 4 + (step % 4)] as number;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  return [(a + state[0]) | 0, (b + state[1]) | 0, (c + state[2]) | 0, (d + state[3]) | 0];
}

// Which word of the block a step of each round takes: `factor * step + summand`, of 16.
const factors: readonly number[] = [1, 5, 3, 7];
const summands: readonly number[] = [0, 1, 5, 0];

/** By how many bits the steps of each round rotate, four by four. */
const shifts: readonly number[] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** As the standard defines them; a double has 21 bits more than are taken. */
const constants: Int32Array = /* @__PURE__ */ Int32Array.from(
  { length: 64 },
  (_, step) => Math.abs(Math.sin(step + 1)) * 2 ** 32,
);
