/** A way to make a body smaller. */
export interface Compression {
  /** What `content-encoding` calls it. */
  readonly encoding: string;
  /** Gives nothing where the runtime cannot: Vercel's Edge Runtime has no `CompressionStream`. */
  readonly compress: (body: Uint8Array) => Promise<Uint8Array | undefined>;
}

/** Bodies below this many bytes are sent as they are. It is the default of every AWS SDK. */
export const smallestCompressedBody = 10_240;

export const gzip: Compression = {
  encoding: "gzip",
  compress: async (body) => {
    if (globalThis.CompressionStream === undefined) return undefined;
    const stream = new Blob([body as Uint8Array<ArrayBuffer>]).stream();
    const compressed = stream.pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(compressed).arrayBuffer());
  },
};
