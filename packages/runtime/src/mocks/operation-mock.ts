import type { HttpHandler } from "msw";
import { http } from "msw";
import { UnmodeledServiceError } from "../errors.ts";
import { findProblems } from "../find-problems.ts";
import type { Operation } from "../operation.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { StructureShape } from "../shape.ts";
import { readMessage } from "../thrown.ts";
import {
  checkError,
  checkOutput,
  describeError,
  listProblems,
  type MockedErrors,
} from "./mock-data.ts";
import type { MockOptions } from "./mock-options.ts";
import { createMockSession, listCalled, type MockSession, readClock } from "./mock-session.ts";
import { readBodyText, readWire } from "./request-body.ts";
import { RequestProblem } from "./request-problem.ts";
import type { ServerProtocol } from "./server-protocol.ts";
import { readCredentials, verifySignature } from "./signature-verification.ts";

/** What a mock has to know of an operation beyond what a client has. Generated, one for each operation. */
export interface MockedOperation<Input extends object, Output extends object> {
  readonly operation: Operation<Input, Output>;
  readonly protocol: ServerProtocol;
  /** Turns a request's JSON into the input, where the two differ. */
  readonly parseInput?: (wire: JsonObject) => Input;
  /** Turns an output into what goes over the wire, where the two differ. */
  readonly serializeOutput?: (output: Output) => unknown;
  /** What the model allows as output: a mock gives nothing else. */
  readonly output: StructureShape;
  /** How the modelled errors go over the wire, by name. */
  readonly errors: MockedErrors;
  /** The answer while the test says nothing: valid by the model, and always the same. */
  readonly defaultOutput: () => Output;
}

/** The mock of one operation. What the test says last holds; what it says once comes first, in turn. */
export interface OperationMock<Input extends object, Output extends object> {
  /** The msw handler of this operation alone. */
  readonly handler: HttpHandler;
  /** Every call that arrived, in order, with its input as the client meant it. */
  readonly calls: readonly MockCall<Input>[];
  /** Answers every call with this output. Throws a `TypeError` where the model does not allow it. */
  resolves(output: Output): void;
  /** Answers the next call with this output. */
  resolvesOnce(output: Output): void;
  /**
   * Answers every call with this error: one of the service's classes, or any other error as a fault
   * of the server. Throws a `TypeError` where the model does not allow the members of the error.
   */
  rejects(error: Error): void;
  /** Answers the next call with this error. */
  rejectsOnce(error: Error): void;
  /**
   * Answers every call with what the function gives for its input and what else is known of the
   * call; an error that it throws is the answer too. A `Response` goes out as it is.
   */
  replies(reply: MockReply<Input, Output>): void;
  /** Answers the next call so. */
  repliesOnce(reply: MockReply<Input, Output>): void;
  /** Breaks the connection of every call, without an answer. */
  networkError(): void;
  /** Breaks the connection of the next call. */
  networkErrorOnce(): void;
  /**
   * Keeps every answer back for so many milliseconds, or for good where it is `Infinity`: until the
   * client gives up. 0 ends it. Whatever the answers are, this holds until `reset`.
   */
  delays(milliseconds: number): void;
  /** Forgets the calls and what the test has said. */
  reset(): void;
}

/** What answers a call. */
export type MockReply<Input extends object, Output extends object> = (
  input: Input,
  call: MockCall<Input>,
) => Output | Response | Promise<Output | Response>;

/** A request that arrived, could be read, and was signed right where that is asked for. */
export interface MockCall<Input> {
  readonly input: Input;
  readonly url: string;
  readonly headers: Headers;
  /** The bytes of the body, as they came over the wire. */
  readonly bodyLength: number;
  /** Who signed, or `undefined` where the request has no signature. */
  readonly accessKeyId: string | undefined;
  /** The Region of the signature, or `undefined` where the request has none. */
  readonly region: string | undefined;
  /** 1 for the first attempt; 0 where the client does not say. */
  readonly attempt: number;
  /** The id in the answer. */
  readonly requestId: string;
}

/** Mocks one operation, apart from the others of its service. */
export function mockOperation<Input extends object, Output extends object>(
  mocked: MockedOperation<Input, Output>,
  options: MockOptions = {},
): OperationMock<Input, Output> {
  return mockOperationIn(createMockSession(options), mocked);
}

/** Mocks one operation of a service that is mocked as a whole. */
export function mockOperationIn<Input extends object, Output extends object>(
  session: MockSession,
  mocked: MockedOperation<Input, Output>,
): OperationMock<Input, Output> {
  const { operation, protocol, errors } = mocked;
  const { stringify } = operation.json ?? JSON;
  const target = `${operation.service.shapeName}.${operation.name}`;
  const calls: MockCall<Input>[] = [];
  const once: MockReply<Input, Output>[] = [];
  let always: MockReply<Input, Output> | undefined;
  let delay = 0;

  const respond = async (request: Request): Promise<Response> => {
    const requestId = session.nextRequestId();
    const envelope = { requestId, date: readClock(session) };
    try {
      const body = new Uint8Array(await request.arrayBuffer());
      await admit(request, body);
      const input = await readInput(mocked, request.headers, body);
      const call = describeCall(input, { request, body, requestId });
      record(call);
      const problems = findProblems(operation.input, input);
      if (problems.length > 0) {
        throw new RequestProblem("ValidationException", listProblems(problems));
      }
      const reply = once.shift() ?? always ?? unmocked;
      if (delay > 0 && !(await passes(delay, request.signal))) return Response.error();
      const output = await reply(input, call);
      if (isResponse(output)) return output;
      checkOutput(operation.name, mocked.output, output);
      const text = stringify(mocked.serializeOutput?.(output) ?? output);
      return protocol.createResponse(text, envelope);
    } catch (error) {
      return protocol.createErrorResponse(describeAnswer(error), stringify, envelope);
    }
  };

  const record = (call: MockCall<Input>): void => {
    const { called, options } = session;
    called.set(operation.name, (called.get(operation.name) ?? 0) + 1);
    calls.push(call);
    if (calls.length > (options.keptCalls ?? Number.POSITIVE_INFINITY)) calls.shift();
  };

  /** Lets in what the service would let in. */
  const admit = async ({ method, url, headers }: Request, body: Uint8Array): Promise<void> => {
    const [contentType = ""] = (headers.get("content-type") ?? "").split(";", 1);
    if (contentType.trim().toLowerCase() !== protocol.contentType) {
      const text = `The content type is '${contentType}', not '${protocol.contentType}'`;
      throw new RequestProblem("UnknownOperationException", text, 404);
    }
    const find = readCredentials(session.options);
    const { auth, service } = operation;
    const isUnsigned = auth === "optional" && !headers.has("authorization");
    if (find === undefined || auth === "none" || isUnsigned) return;
    const { region } = session.options;
    const now = readClock(session);
    await verifySignature(
      { method, url, headers, body },
      { find, service: service.signingName, region, now },
    );
  };

  const unmocked: MockReply<Input, Output> = () => {
    if (session.options.onUnmocked !== "error") return mocked.defaultOutput();
    const text =
      `${operation.name} was called, and the test does not say what it answers: ` +
      `resolves, rejects or replies of its mock would. Called until now: ${listCalled(session.called)}`;
    throw new UnmodeledServiceError("UnmockedOperation", "client", { message: text });
  };

  const describeAnswer = (error: unknown): ReturnType<typeof describeError> => {
    try {
      checkError(operation.name, errors, error);
      return describeError(errors, error);
    } catch (cause) {
      return describeError(errors, cause);
    }
  };

  return {
    handler: http.post(
      ({ request }) => protocol.matches(request, target),
      ({ request }) => respond(request),
    ),
    calls,
    resolves: (output) => {
      checkOutput(operation.name, mocked.output, output);
      always = () => output;
    },
    resolvesOnce: (output) => {
      checkOutput(operation.name, mocked.output, output);
      once.push(() => output);
    },
    rejects: (error) => {
      checkError(operation.name, errors, error);
      always = throwing(error);
    },
    rejectsOnce: (error) => {
      checkError(operation.name, errors, error);
      once.push(throwing(error));
    },
    replies: (reply) => {
      always = reply;
    },
    repliesOnce: (reply) => {
      once.push(reply);
    },
    networkError: () => {
      always = () => Response.error();
    },
    networkErrorOnce: () => {
      once.push(() => Response.error());
    },
    delays: (milliseconds) => {
      delay = milliseconds;
    },
    reset: () => {
      calls.length = 0;
      once.length = 0;
      always = undefined;
      delay = 0;
      session.called.delete(operation.name);
    },
  };
}

async function readInput<Input extends object, Output extends object>(
  { operation, protocol, parseInput }: MockedOperation<Input, Output>,
  headers: Headers,
  body: Uint8Array,
): Promise<Input> {
  try {
    const text = await readBodyText(body, headers);
    const wire = protocol.parseRequest(text, (operation.json ?? JSON).parse);
    readWire(operation.input, wire);
    return parseInput === undefined ? (wire as Input) : parseInput(wire);
  } catch (cause) {
    throw new RequestProblem("SerializationException", readMessage(cause));
  }
}

function describeCall<Input>(
  input: Input,
  {
    request: { url, headers },
    body,
    requestId,
  }: { readonly request: Request; readonly body: Uint8Array; readonly requestId: string },
): MockCall<Input> {
  const [, accessKeyId, region] =
    /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers.get("authorization") ?? "") ?? [];
  const attempt = /attempt=(\d+)/.exec(headers.get("amz-sdk-request") ?? "");
  return {
    input,
    url,
    headers,
    bodyLength: body.length,
    accessKeyId,
    region,
    attempt: Number(attempt?.[1] ?? 0),
    requestId,
  };
}

/** Also one of another realm, such as that of a test runner. */
function isResponse(output: object): output is Response {
  return Object.prototype.toString.call(output) === "[object Response]";
}

/** Whether the time passes before the client gives up. */
function passes(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    // A timer that never fires would keep a program alive.
    const timer =
      milliseconds === Number.POSITIVE_INFINITY
        ? undefined
        : setTimeout(() => resolve(true), milliseconds);
    const giveUp = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
}

function throwing(error: Error): () => never {
  return () => {
    throw error;
  };
}
