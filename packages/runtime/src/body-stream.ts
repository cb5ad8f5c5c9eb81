type Chunk = string | Uint8Array;

/** What HTTP handlers give for a body that has not come yet: a web stream, a Node stream, or what can be iterated over. */
export type BodyStream = ReadableStream<Chunk> | AsyncIterable<Chunk>;

// What an HTTP handler gives may come from another realm or from a library: its form tells what it
// is, where `instanceof` does not.
export function isBodyStream(body: unknown): body is BodyStream {
  return (
    isReadableStream(body) ||
    typeof (body as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function"
  );
}

/**
 * Hands over the chunks of a stream until it ends or the signal fires. A stream that is not read to
 * its end is let go, for the connection behind it would stay open: nobody else has a hold on it.
 */
export async function readStream(
  stream: BodyStream,
  signal: AbortSignal,
  onChunk: (chunk: Chunk) => void,
): Promise<void> {
  const { next, leave } = openStream(stream);
  const leaveQuietly = (): void => {
    Promise.resolve()
      .then(leave)
      .catch(() => {});
  };
  let isOver = false;
  signal.addEventListener("abort", leaveQuietly);
  try {
    while (!signal.aborted) {
      const { done, value } = await next();
      if (done) {
        isOver = true;
        return;
      }
      onChunk(value);
    }
  } finally {
    signal.removeEventListener("abort", leaveQuietly);
    if (!isOver) leaveQuietly();
  }
}

/** The bytes of a web stream, unless the signal fires. */
export async function readBytes(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await readStream(stream, signal, (chunk) => chunks.push(chunk as Uint8Array<ArrayBuffer>));
  const [first = new Uint8Array()] = chunks;
  return chunks.length > 1 ? new Uint8Array(await new Blob(chunks).arrayBuffer()) : first;
}

interface OpenStream {
  readonly next: () => Promise<IteratorResult<Chunk> | ReadableStreamReadResult<Chunk>>;
  readonly leave: () => unknown;
}

function openStream(stream: BodyStream): OpenStream {
  // Not every browser can iterate over a web stream.
  if (isReadableStream(stream)) {
    const reader = stream.getReader();
    return { next: () => reader.read(), leave: () => reader.cancel() };
  }
  const iterator = stream[Symbol.asyncIterator]();
  // The iterator of a Node stream does not return while it waits for a chunk.
  const { destroy } = stream as { readonly destroy?: () => unknown };
  return {
    next: () => iterator.next(),
    leave: () => (destroy ? destroy.call(stream) : iterator.return?.()),
  };
}

function isReadableStream(body: unknown): body is ReadableStream<Chunk> {
  return typeof (body as { getReader?: unknown }).getReader === "function";
}
