import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AdjustableClock } from "../clock.ts";
import {
  createMeteringEmulator,
  type EmulatorOptions,
  type MeteringEmulator,
} from "../emulator.ts";
import { isMoment } from "../read-seed.ts";
import { describeHeaders } from "../request-log.ts";
import { answerControl, type Controlled, refuse } from "./control-api.ts";
import {
  BadRequest,
  BodyTooLarge,
  bodyLimit,
  readAddress,
  readBody,
  sendResponse,
  toRequest,
} from "./http-exchange.ts";
import { type Page, readPage } from "./page.ts";
import { findForeignSite } from "./site-check.ts";
import { openStateFile, type StateFile } from "./state-file.ts";

/** An emulator, where it listens, and what it keeps. */
export interface MeteringServerOptions
  extends Omit<EmulatorOptions, "clock" | "journal" | "keyStore"> {
  /** Default: 0, any that is free. */
  readonly port?: number | undefined;
  /** The address to listen on. Default: `127.0.0.1`, for this machine alone. */
  readonly host?: string | undefined;
  /** A file that keeps the state, made where there is none. Needs Node 22.13. Default: in memory. */
  readonly stateFile?: string | undefined;
  /** What time it is at the start, ISO 8601; time goes on from there. Default: the machine's. */
  readonly startTime?: string | undefined;
}

/** The emulator behind a socket. */
export interface MeteringServer {
  /** Such as `http://127.0.0.1:8080`: the endpoint for clients, and the page for people. */
  readonly url: string;
  readonly emulator: MeteringEmulator;
  /** Lets requests that are under way come to their end, for 3 seconds at most. */
  close(): Promise<void>;
}

/** Serves an emulator over HTTP, with the control API below `/_/` and a page at `/`. */
export async function serveMeteringEmulator(
  options: MeteringServerOptions = {},
): Promise<MeteringServer> {
  const { port = 0, host = "127.0.0.1", stateFile, startTime } = options;
  const expected = startTime === undefined ? undefined : isMoment(startTime);
  if (expected !== undefined) {
    throw new RangeError(`startTime: found ${JSON.stringify(startTime)}; ${expected} belongs here`);
  }
  const page = await readPage();
  const state = stateFile === undefined ? undefined : await openStateFile(stateFile);
  try {
    const controlled = createControlled(options, state);
    const exchanges = new Exchanges(controlled, page, options.onRequest);
    const server = createServer((incoming, outgoing) => exchanges.answer(incoming, outgoing));
    // A body that will be refused is not asked for.
    server.on("checkContinue", (incoming: IncomingMessage, outgoing: ServerResponse) => {
      if (Number(incoming.headers["content-length"] ?? 0) <= bodyLimit) outgoing.writeContinue();
      exchanges.answer(incoming, outgoing);
    });
    await listen(server, port, host);
    return {
      url: describeAddress(server.address() as AddressInfo),
      emulator: controlled.emulator,
      close: async () => {
        await closeServer(server);
        state?.close();
      },
    };
  } catch (error) {
    state?.close();
    throw error;
  }
}

function createControlled(
  { startTime, ...options }: MeteringServerOptions,
  state: StateFile | undefined,
): Controlled {
  const clock = new AdjustableClock();
  const keepClock = (): void =>
    state?.writeClock({ startedFrom: startTime, setting: clock.setting });
  const resetClock = (): void => {
    clock.setting = { ahead: 0 };
    if (startTime !== undefined) clock.set(startTime);
    keepClock();
  };
  const kept = state?.readClock();
  // The same command line goes on where it was; another one says what time it is.
  if (kept !== undefined && kept.startedFrom === startTime) clock.setting = kept.setting;
  else resetClock();
  const emulator = createMeteringEmulator({
    keptRequests: 200,
    ...options,
    clock,
    journal: state,
    keyStore: state,
  });
  for (const seed of state?.readAdded() ?? []) emulator.directory.add(seed);
  return { emulator, clock, state, resetClock, keepClock };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function describeAddress({ address, family, port }: AddressInfo): string {
  const names: { readonly [address: string]: string } = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
  const name = names[address] ?? (family === "IPv6" ? `[${address}]` : address);
  return `http://${name}:${port}`;
}

const graceMilliseconds = 3_000;

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Answers whatever comes over a socket. No request ends the server. */
class Exchanges {
  readonly #controlled: Controlled;
  readonly #page: Page;
  readonly #onRequest: MeteringServerOptions["onRequest"];

  constructor(controlled: Controlled, page: Page, onRequest: MeteringServerOptions["onRequest"]) {
    this.#controlled = controlled;
    this.#page = page;
    this.#onRequest = onRequest;
  }

  answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    outgoing.on("error", () => {});
    this.#respond(incoming, outgoing)
      .catch((error: unknown) => this.#refuse(incoming, error))
      .then((response) => sendResponse(response, outgoing))
      // The client has gone: there is nobody to tell.
      .catch(() => outgoing.destroy());
  }

  async #respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response> {
    const { method = "GET", headers } = incoming;
    const { pathname } = readAddress(incoming);
    if (pathname.startsWith("/_/")) return this.#control(incoming);
    if ((method === "GET" || method === "HEAD") && !headers["x-amz-target"] && pathname === "/") {
      return new Response(this.#page.html, { headers: this.#page.headers });
    }
    const gone = new AbortController();
    outgoing.on("close", () => gone.abort());
    const request = toRequest(incoming, await readBody(incoming), gone.signal);
    return this.#controlled.emulator.respond(request);
  }

  /** What did not get as far as the emulator is told to the log all the same. */
  #refuse({ headers }: IncomingMessage, thrown: unknown): Response {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const response = describeRefusal(error);
    this.#onRequest?.({
      ...describeHeaders((name) => headers[name]?.toString()),
      at: this.#controlled.clock.now().toISOString(),
      status: response.status,
      error: response.headers.get("x-amzn-errortype") ?? undefined,
      fault: undefined,
      summary: error.message,
      requestId: "",
      milliseconds: 0,
    });
    return response;
  }

  async #control(incoming: IncomingMessage): Promise<Response> {
    const reason = findForeignSite(incoming.headers);
    if (reason !== undefined) return refuse(403, reason);
    const { method = "GET" } = incoming;
    const url = readAddress(incoming);
    return answerControl({ method, url, body: await readBody(incoming) }, this.#controlled);
  }
}

function describeRefusal(error: Error): Response {
  if (error instanceof BodyTooLarge) return describeTooLarge(error);
  return refuse(error instanceof BadRequest ? 400 : 500, error.message);
}

/** Node lets the rest of the body go by without keeping it, so that the client reads the answer. */
function describeTooLarge({ message }: BodyTooLarge): Response {
  const name = "RequestEntityTooLargeException";
  return new Response(JSON.stringify({ __type: name, message }), {
    status: 413,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": name },
  });
}
