/** A way to make a body smaller. */
export interface Compression {
  /** What `content-encoding` calls it. */
  readonly encoding: string;
  readonly compress: (body: Uint8Array) => Promise<Uint8Array>;
}

/** Bodies below this many bytes are sent as they are. It is the default of every AWS SDK. */
export const smallestCompressedBody = 10_240;

export const gzip: Compression = {
  encoding: "gzip",
  compress: async (body) => {
    const stream = new Blob([body as Uint8Array<ArrayBuffer>]).stream();
    const compressed = stream.pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(compressed).arrayBuffer());
  },
};
