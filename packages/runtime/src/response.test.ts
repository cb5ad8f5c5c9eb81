import { Readable } from "node:stream";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { readResponse } from "./response.ts";

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
