import { createContext, Script } from "node:vm";

/** What browsers and Workers have beside the language. Nothing else is there while a bundle runs. */
const webGlobals = [
  "AbortController",
  "AbortSignal",
  "Blob",
  "CompressionStream",
  "DecompressionStream",
  "DOMException",
  "Event",
  "EventTarget",
  "FormData",
  "Headers",
  "MessageEvent",
  "ReadableStream",
  "Request",
  "Response",
  "TextDecoder",
  "TextEncoder",
  "TransformStream",
  "URL",
  "URLSearchParams",
  "WritableStream",
  "atob",
  "btoa",
  "clearTimeout",
  "console",
  "crypto",
  "performance",
  "queueMicrotask",
  "setTimeout",
  "structuredClone",
] as const;

/** A request that a bundle sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

export interface BundleRun {
  /** What the program handed to `report`. */
  readonly outcome: unknown;
  readonly requests: readonly SentRequest[];
}

/**
 * Runs a bundle as a script where there are web standards alone, and code cannot be made of text.
 * Its `fetch` keeps what it is asked to send, and answers each request with the same JSON. The
 * program hands the promise of its outcome to the global function `report`.
 */
export async function runBundle(code: string, answer: object): Promise<BundleRun> {
  const requests: SentRequest[] = [];
  let reported: Promise<unknown> | undefined;
  const globals = {
    ...Object.fromEntries(webGlobals.map((name) => [name, globalThis[name]])),
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      requests.push(await readRequest(new Request(input, init)));
      return Response.json(answer);
    },
    localStorage: createStorage(),
    report: (outcome: Promise<unknown>) => {
      reported = outcome;
    },
  };
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  new Script("globalThis.self = globalThis").runInContext(context);
  // As a module is: strict, and with names of its own.
  new Script(`"use strict";{${code}\n}`, { filename: "bundle.js" }).runInContext(context);
  if (reported === undefined) throw new Error("The program reported no outcome");
  return { outcome: await reported, requests };
}

/** An empty `localStorage`, which only pages have: msw asks for it. */
function createStorage(): object {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

async function readRequest(request: Request): Promise<SentRequest> {
  return {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  };
}
