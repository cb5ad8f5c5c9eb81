import { getEventListeners } from "node:events";
import { Readable } from "node:stream";
import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import { leaveResponse, readResponse } from "./response.ts";

const text = "Größe 🐾";
const bytes = new TextEncoder().encode(text);

/** Each byte on its own, so that every character of several bytes is cut. */
const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));

function createStream<Chunk>(chunks: readonly Chunk[]): ReadableStream<Chunk> {
  return new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

describe("the body of a response", () => {
  it.each([
    ["text", text],
    ["bytes", bytes],
    ["bytes of another realm", runInNewContext("Uint8Array.from(bytes)", { bytes })],
    ["a Buffer", Buffer.from(text)],
    ["a part of a larger buffer", new Uint8Array([0, ...bytes, 0]).subarray(1, -1)],
    ["an ArrayBuffer", bytes.buffer],
    [
      "an ArrayBuffer of another realm",
      runInNewContext("Uint8Array.from(bytes).buffer", { bytes }),
    ],
    ["a Blob", new Blob([text])],
    ["something with the method of a Blob", { text: async () => text }],
    ["a web stream", new Response(bytes).body],
    ["a web stream in pieces", createStream(pieces)],
    ["a web stream of text", createStream([...text])],
    ["a web stream that only has a reader", { getReader: () => createStream(pieces).getReader() }],
    ["a Node stream in pieces", Readable.from(pieces)],
    ["a Node stream of text", Readable.from([...text]).setEncoding("utf8")],
    [
      "an async iterable",
      (async function* () {
        yield* pieces;
      })(),
    ],
  ])("may be %s", async (_name, body) => {
    expect((await readResponse({ statusCode: 200, headers: {}, body })).body).toBe(text);
  });

  it.each([
    undefined,
    null,
    "",
    new Uint8Array(),
    new Blob(),
    new Response("").body,
    Readable.from([]),
  ])("may be empty: %s", async (body) => {
    expect((await readResponse({ statusCode: 204, headers: {}, body })).body).toBe("");
  });

  it("loses its byte order mark", async () => {
    const body = Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d);
    expect((await readResponse({ statusCode: 200, headers: {}, body })).body).toBe("{}");
  });

  it.each([42, true, {}, []])("is nothing else: %j", async (body) => {
    await expect(readResponse({ statusCode: 200, headers: {}, body })).rejects.toThrow(
      "the HTTP handler gave a body that is neither text, bytes nor a stream",
    );
  });

  it("that breaks off rejects with the reason", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
    await expect(readResponse({ statusCode: 200, headers: {}, body })).rejects.toThrow("reset");
  });
});

describe("a body that is left", () => {
  const silent = {
    "a web stream": () => {
      const cancel = vi.fn();
      return { body: new ReadableStream({ cancel }), left: cancel };
    },
    "a Node stream": () => {
      const left = vi.fn();
      return { body: new Readable({ read() {} }).on("close", left), left };
    },
    "an iterable that can be ended": () => {
      const left = vi.fn();
      const body = {
        [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: left }),
      };
      return { body, left };
    },
  };

  it.each(Object.entries(silent))("on an abort is let go: %s", async (_name, create) => {
    const { body, left } = create();
    const controller = new AbortController();
    const reading = readResponse(
      { statusCode: 200, headers: {}, body },
      { signal: controller.signal, timeout: 5_000 },
    ).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(left).not.toHaveBeenCalled();
    controller.abort();
    await vi.waitFor(() => expect(left).toHaveBeenCalled());
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    void reading;
  });

  it.each(Object.entries(silent))("on a time-out is let go: %s", async (_name, create) => {
    const { body, left } = create();
    const reading = readResponse({ statusCode: 200, headers: {}, body }, { timeout: 10 });
    await expect(reading).rejects.toMatchObject({
      name: "TimeoutError",
      message: "requestTimeout passed while reading the response",
    });
    await vi.waitFor(() => expect(left).toHaveBeenCalled());
  });

  it.each(Object.entries(silent))(
    "because it came too late is let go: %s",
    async (_name, create) => {
      const { body, left } = create();
      leaveResponse({ statusCode: 200, headers: {}, body });
      await vi.waitFor(() => expect(left).toHaveBeenCalled());
    },
  );

  it("for a chunk that is neither text nor bytes is let go", async () => {
    const cancel = vi.fn();
    const body = new ReadableStream({ start: (controller) => controller.enqueue({}), cancel });
    await expect(readResponse({ statusCode: 200, headers: {}, body })).rejects.toThrow(TypeError);
    await vi.waitFor(() => expect(cancel).toHaveBeenCalled());
  });

  it.each([undefined, null, "", new Uint8Array(), new Blob(), 42])(
    "needs nothing where it is no stream: %s",
    (body) => {
      expect(() => leaveResponse({ statusCode: 200, headers: {}, body })).not.toThrow();
    },
  );
});

describe("the headers of a response", () => {
  it("have names in lower case", async () => {
    const headers = { "X-Amzn-RequestId": "id-1", DATE: "now", "content-type": "a" };
    expect(await readResponse({ statusCode: 200, headers, body: "" })).toEqual({
      statusCode: 200,
      headers: { "x-amzn-requestid": "id-1", date: "now", "content-type": "a" },
      body: "",
    });
  });
});
