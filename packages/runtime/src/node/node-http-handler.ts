import type { Agent, ClientRequest, IncomingMessage } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import type { HttpHandlerOptions, RequestHandlerOutput } from "@smithy/types";
import type { TransportError } from "../errors.ts";
import {
  createAbortError,
  createConnectionError,
  createTimeoutError,
  type HttpStage,
} from "../http-failure.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http-handler.ts";
import { formatHost, formatPath } from "../request-target.ts";
import { startTimeout } from "../timeout.ts";

export interface NodeHttpHandlerOptions {
  /**
   * How long a new connection may take, in milliseconds: name look-up, TCP and TLS together. Waiting
   * for one of the `maxSockets` does not count. 0: no limit.
   *
   * Default: 5,000. Two lost SYN packets are sent again within 3 seconds, which leaves 2 for the
   * rest. Raise it for bad networks; lower it where another attempt is better than a wait.
   */
  readonly connectionTimeout?: number | undefined;
  /**
   * How long a request may take, in milliseconds, from the call to the last byte of the response;
   * waiting for a free connection and connecting count. 0: no limit. The `requestTimeout` of a call
   * goes first.
   *
   * Default: 30,000. Most operations answer within a second, and an answer that never comes must
   * not hang its caller. Raise it for operations that are known to take longer.
   */
  readonly requestTimeout?: number | undefined;
  /**
   * How many connections to one host may be open at a time; other requests wait for a free one.
   *
   * Default: 50, which carries more requests a second than the quotas of most services allow.
   */
  readonly maxSockets?: number | undefined;
  /**
   * How long a connection that is kept for the next request may be idle, in milliseconds. Where the
   * service names a shorter time (`Keep-Alive: timeout=5`), that one counts. 0: no limit.
   *
   * Default: 60,000. Firewalls and NAT gateways forget an idle connection without a word, AWS's after
   * 350 seconds, and a request on such a one hangs until its `requestTimeout`.
   */
  readonly idleTimeout?: number | undefined;
  /**
   * The agent for `http:` endpoints, for a proxy or socket options of your own. `maxSockets` and
   * `idleTimeout` do not apply to it, and it stays yours to destroy. Default: one that keeps
   * connections alive and, from Node 22.21 and 24.5 on, goes through the proxy that `HTTPS_PROXY`,
   * `HTTP_PROXY` and `NO_PROXY` name, in capitals or small letters.
   */
  readonly httpAgent?: Agent | undefined;
  /** The same for `https:` endpoints, also for a private CA or client certificates. */
  readonly httpsAgent?: HttpsAgent | undefined;
}

/**
 * The HTTP handler of Node, on `node:https` and `node:http`. It reads each response to its end, so
 * that its time-outs cover the body, too.
 *
 * A service may close a kept-alive connection at the very moment a request goes out on it. Where
 * nothing of a response has come, such a request is sent once more on a new connection.
 */
export class NodeHttpHandler implements HttpHandler {
  readonly metadata: { handlerProtocol: string } = { handlerProtocol: "http/1.1" };
  readonly #connectionTimeout: number;
  readonly #requestTimeout: number;
  readonly #maxSockets: number;
  readonly #idleTimeout: number;
  readonly #givenAgents: { readonly [protocol: string]: Agent | undefined };
  #ownAgents: { [protocol: string]: Agent } = {};

  constructor(options: NodeHttpHandlerOptions = {}) {
    this.#connectionTimeout = options.connectionTimeout ?? 5_000;
    this.#requestTimeout = options.requestTimeout ?? 30_000;
    this.#maxSockets = options.maxSockets ?? 50;
    this.#idleTimeout = options.idleTimeout ?? 60_000;
    this.#givenAgents = { "http:": options.httpAgent, "https:": options.httpsAgent };
  }

  async handle(
    request: HttpRequest,
    { abortSignal, requestTimeout = this.#requestTimeout }: HttpHandlerOptions = {},
  ): Promise<RequestHandlerOutput<HttpResponse>> {
    const exchange = new Exchange(request, this.#selectAgent(request.protocol), {
      connectionTimeout: this.#connectionTimeout,
      requestTimeout,
      // `@smithy/types` also allows a kind of signal from before Node had one: nothing makes it now.
      abortSignal: abortSignal as AbortSignal | undefined,
    });
    return { response: await exchange.run() };
  }

  /** Closes idle connections, and those in use once they are free. Later requests open new ones. */
  destroy(): void {
    for (const agent of Object.values(this.#ownAgents)) {
      agent.maxFreeSockets = 0;
      closeIdleSockets(agent);
    }
    this.#ownAgents = {};
  }

  #selectAgent(protocol: string): Agent {
    const given = this.#givenAgents[protocol];
    if (given !== undefined) return given;
    this.#ownAgents[protocol] ??= this.#createAgent(protocol);
    return this.#ownAgents[protocol];
  }

  #createAgent(protocol: string): Agent {
    const { Agent } = loadHttp(protocol);
    const options = {
      keepAlive: true,
      maxSockets: this.#maxSockets,
      // An agent without a `timeout` passes over the time that a service names.
      timeout: this.#idleTimeout || longestTimeout,
      // Older versions of Node pass over it.
      proxyEnv: process.env,
    };
    return new Agent(options);
  }
}

interface ExchangeLimits {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly abortSignal: AbortSignal | undefined;
}

/** One request and its response, from the first connection to whatever ends it. */
class Exchange {
  readonly #request: HttpRequest;
  readonly #agent: Agent;
  readonly #limits: ExchangeLimits;
  /** Host and port, as error messages name them. */
  readonly #host: string;
  readonly #hostname: string;
  #stage: HttpStage = "waiting for the response";
  #outgoing: ClientRequest | undefined;
  #bytesBefore = 0;
  #isResent = false;
  #isSettled = false;
  #resolve: (response: HttpResponse) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #stopClock: () => void = () => {};
  #stopConnectionClock: () => void = () => {};

  constructor(request: HttpRequest, agent: Agent, limits: ExchangeLimits) {
    this.#request = request;
    this.#agent = agent;
    this.#limits = limits;
    this.#host = formatHost(request);
    // Node wants an IPv6 address without the brackets that a URL gives it.
    this.#hostname = request.hostname.replace(/^\[|\]$/g, "");
  }

  run(): Promise<HttpResponse> {
    const { abortSignal, requestTimeout } = this.#limits;
    return new Promise((resolve, reject) => {
      if (abortSignal?.aborted) throw createAbortError(this.#host, abortSignal);
      this.#resolve = resolve;
      this.#reject = reject;
      this.#send();
      this.#stopClock = startTimeout(requestTimeout, () => {
        this.#fail(createTimeoutError(this.#host, "requestTimeout", requestTimeout, this.#stage));
      });
      abortSignal?.addEventListener("abort", this.#onAbort);
    });
  }

  #send(): void {
    const request = this.#request;
    const agent = this.#agent;
    const body = readBody(request.body);
    const outgoing = loadHttp(request.protocol).request({
      agent,
      protocol: request.protocol,
      hostname: this.#hostname,
      port: request.port,
      method: request.method,
      path: formatPath(request),
      headers: request.headers,
    });
    this.#outgoing = outgoing;
    if (isQueued(outgoing, agent)) this.#stage = "waiting for a free connection";
    else if (!outgoing.reusedSocket) this.#startConnecting();
    outgoing.on("socket", (socket) => this.#connect(socket));
    outgoing.on("response", (incoming) => this.#read(incoming));
    outgoing.on("error", (cause) => {
      if (outgoing === this.#outgoing) this.#recover(cause);
    });
    if (body !== undefined) outgoing.setHeader("content-length", Buffer.byteLength(body));
    outgoing.end(body);
  }

  /** Starts the clock before there is a socket, for a proxy may keep one waiting, too. */
  #startConnecting(): void {
    if (this.#stage === "connecting") return;
    this.#stage = "connecting";
    const { connectionTimeout } = this.#limits;
    this.#stopConnectionClock = startTimeout(connectionTimeout, () => {
      this.#fail(
        createTimeoutError(this.#host, "connectionTimeout", connectionTimeout, this.#stage),
      );
    });
  }

  #connect(socket: Socket): void {
    this.#bytesBefore = socket.bytesRead;
    if (isConnecting(socket)) {
      this.#startConnecting();
      socket.once("encrypted" in socket ? "secureConnect" : "connect", () => this.#endConnecting());
    } else {
      this.#endConnecting();
    }
  }

  #endConnecting(): void {
    this.#stopConnectionClock();
    this.#stage = "waiting for the response";
  }

  #read(incoming: IncomingMessage): void {
    this.#stage = "reading the response";
    const chunks: Uint8Array[] = [];
    incoming.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    incoming.on("error", (cause) => this.#recover(cause));
    incoming.on("end", () => {
      this.#settle();
      this.#resolve(createResponse(incoming, chunks));
    });
  }

  #recover(cause: NodeJS.ErrnoException): void {
    if (this.#isSettled) return;
    if (this.#isStale(cause)) {
      // Where one idle connection was closed, others were, too.
      closeIdleSockets(this.#agent, this.#hostname);
      this.#isResent = true;
      this.#send();
    } else {
      this.#fail(createConnectionError(this.#host, this.#stage, cause));
    }
  }

  #isStale({ code }: NodeJS.ErrnoException): boolean {
    return (
      !this.#isResent &&
      this.#outgoing?.reusedSocket === true &&
      this.#outgoing.socket?.bytesRead === this.#bytesBefore &&
      (code === "ECONNRESET" || code === "EPIPE")
    );
  }

  #fail(error: TransportError): void {
    this.#settle();
    this.#reject(error);
    this.#outgoing?.destroy();
  }

  #settle(): void {
    this.#isSettled = true;
    this.#stopClock();
    this.#stopConnectionClock();
    this.#limits.abortSignal?.removeEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = (): void => {
    this.#fail(createAbortError(this.#host, this.#limits.abortSignal as AbortSignal));
  };
}

// Only a call needs these modules: `node:https` takes 10 ms to load. And an `import` of `node:http`
// runs its getters for WebSocket and EventSource, which takes 25 ms.
function loadHttp(protocol: string): Pick<typeof import("node:http"), "Agent" | "request"> {
  if (protocol === "https:") return process.getBuiltinModule("node:https");
  if (protocol === "http:") return process.getBuiltinModule("node:http");
  throw new TypeError(`The protocol of a request must be https: or http:, not ${protocol}`);
}

/** `setTimeout` fires at once for anything longer. */
const longestTimeout = 2_147_483_647;

/** Whether a request waits for one of the agent's connections to be free. */
function isQueued(outgoing: ClientRequest, agent: Agent): boolean {
  return Object.values(agent.requests).some((queue) => queue?.includes(outgoing as never));
}

function isConnecting(socket: Socket & { readonly secureConnecting?: boolean }): boolean {
  return socket.connecting || socket.secureConnecting === true;
}

/** Closes the agent's idle connections to one host, or all of them. */
function closeIdleSockets(agent: Agent, hostname?: string): void {
  for (const [name, sockets = []] of Object.entries(agent.freeSockets)) {
    if (hostname !== undefined && !name.startsWith(`${hostname}:`)) continue;
    for (const socket of sockets) socket.destroy();
  }
}

function readBody(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  throw new TypeError("NodeHttpHandler sends text and bytes: it cannot send a stream");
}

function createResponse(incoming: IncomingMessage, chunks: readonly Uint8Array[]): HttpResponse {
  const headers: HttpResponse["headers"] = {};
  for (const [name, value = ""] of Object.entries(incoming.headers)) {
    headers[name] = typeof value === "string" ? value : value.join(", ");
  }
  const { statusCode = 0, statusMessage = "" } = incoming;
  const [body = new Uint8Array()] = chunks;
  return {
    statusCode,
    reason: statusMessage,
    headers,
    body: chunks.length > 1 ? Buffer.concat(chunks) : body,
  };
}
