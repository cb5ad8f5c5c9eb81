import type { HttpHandler } from "msw";
import { http } from "msw";
import { findProblems } from "../check-input.ts";
import type { InputProblem, ServiceError } from "../errors.ts";
import { isServiceError } from "../errors.ts";
import type { Operation } from "../operation.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { StructureShape } from "../shape.ts";
import { readMessage } from "../thrown.ts";
import type { ServerProtocol, WireError } from "./server-protocol.ts";

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
  readonly errors: { readonly [name: string]: MockedError };
  /** The answer while the test says nothing: valid by the model, and always the same. */
  readonly defaultOutput: () => Output;
}

export interface MockedError {
  readonly status: number;
  /** Gets the members of the error, under its class's type. */
  readonly serialize?: (error: never) => object;
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
  /** Answers every call with this error: one of the service's classes, or any other error as a fault of the server. */
  rejects(error: Error): void;
  /** Answers the next call with this error. */
  rejectsOnce(error: Error): void;
  /** Answers every call with what the function gives for its input; an error that it throws is the answer too. */
  replies(reply: (input: Input) => Output | Promise<Output>): void;
  /** Forgets the calls and what the test has said. */
  reset(): void;
}

export interface MockCall<Input> {
  readonly input: Input;
  readonly url: string;
  readonly headers: Headers;
  /** The Region of the signature, or `undefined` where the request has none. */
  readonly region: string | undefined;
  /** 1 for the first attempt; 0 where the client does not say. */
  readonly attempt: number;
}

type Reply<Input, Output> = (input: Input) => Output | Promise<Output>;

/** Mocks one operation. `nextRequestId` gives the ids of all mocks of a service in turn. */
export function mockOperation<Input extends object, Output extends object>(
  mocked: MockedOperation<Input, Output>,
  nextRequestId: () => string,
): OperationMock<Input, Output> {
  const { operation, protocol } = mocked;
  const target = `${operation.service.shapeName}.${operation.name}`;
  const calls: MockCall<Input>[] = [];
  const once: Reply<Input, Output>[] = [];
  let always: Reply<Input, Output> = mocked.defaultOutput;

  const respond = async (request: Request): Promise<Response> => {
    const requestId = nextRequestId();
    try {
      const input = await readInput(mocked, request);
      calls.push(describeCall(input, request));
      const problems = findProblems(operation.input, input);
      if (problems.length > 0)
        throw new RequestProblem("ValidationException", listProblems(problems));
      const output = await (once.shift() ?? always)(input);
      checkOutput(mocked, output);
      const { stringify } = operation.json ?? JSON;
      const body = stringify(mocked.serializeOutput?.(output) ?? output);
      return protocol.createResponse(body, requestId);
    } catch (error) {
      return createErrorResponse(mocked, error, requestId);
    }
  };

  return {
    handler: http.post(
      ({ request }) => protocol.matches(request, target),
      ({ request }) => respond(request),
    ),
    calls,
    resolves: (output) => {
      checkOutput(mocked, output);
      always = () => output;
    },
    resolvesOnce: (output) => {
      checkOutput(mocked, output);
      once.push(() => output);
    },
    rejects: (error) => {
      always = throwing(error);
    },
    rejectsOnce: (error) => {
      once.push(throwing(error));
    },
    replies: (reply) => {
      always = reply;
    },
    reset: () => {
      calls.length = 0;
      once.length = 0;
      always = mocked.defaultOutput;
    },
  };
}

/** Request ids that are the same on every run: a counter in the form of a UUID. */
export function createRequestIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  };
}

/** A request that the service itself would refuse before it looks at what it asks for. */
class RequestProblem extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

async function readBody(request: Request): Promise<string> {
  if (request.headers.get("content-encoding") !== "gzip") return request.text();
  const bytes = request.body?.pipeThrough(new DecompressionStream("gzip"));
  return new Response(bytes ?? null).text();
}

async function readInput<Input extends object, Output extends object>(
  { operation, protocol, parseInput }: MockedOperation<Input, Output>,
  request: Request,
): Promise<Input> {
  try {
    const wire = protocol.parseRequest(await readBody(request), (operation.json ?? JSON).parse);
    return parseInput === undefined ? (wire as Input) : parseInput(wire);
  } catch (cause) {
    throw new RequestProblem("SerializationException", readMessage(cause));
  }
}

function describeCall<Input>(input: Input, { url, headers }: Request): MockCall<Input> {
  const credential = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.get("authorization") ?? "");
  const attempt = /attempt=(\d+)/.exec(headers.get("amz-sdk-request") ?? "");
  return { input, url, headers, region: credential?.[1], attempt: Number(attempt?.[1] ?? 0) };
}

function checkOutput<Input extends object, Output extends object>(
  { operation, output: shape }: MockedOperation<Input, Output>,
  output: Output,
): void {
  const problems = findProblems(shape, output);
  if (problems.length === 0) return;
  throw new TypeError(
    `the mock of ${operation.name} has an output that the model does not allow: ${listProblems(problems)}`,
  );
}

function listProblems(problems: readonly InputProblem[]): string {
  return problems
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
    .join("; ");
}

function throwing(error: Error): () => never {
  return () => {
    throw error;
  };
}

function createErrorResponse<Input extends object, Output extends object>(
  mocked: MockedOperation<Input, Output>,
  error: unknown,
  requestId: string,
): Response {
  const { stringify } = mocked.operation.json ?? JSON;
  return mocked.protocol.createErrorResponse(describeError(mocked, error), stringify, requestId);
}

function describeError<Input extends object, Output extends object>(
  { errors }: MockedOperation<Input, Output>,
  error: unknown,
): WireError {
  if (error instanceof RequestProblem) {
    const { code: name, message } = error;
    return { name, message, status: 400, members: {} };
  }
  if (!isServiceError(error)) {
    return { name: "InternalFailure", message: readMessage(error), status: 500, members: {} };
  }
  const { name, message } = error;
  const modelled = Object.hasOwn(errors, name) ? errors[name] : undefined;
  const status = modelled?.status ?? (error.$fault === "client" ? 400 : 500);
  const members = modelled?.serialize?.(membersOf(error) as never) ?? membersOf(error);
  return { name, message, status, members };
}

/** What the model gives an error beside its message. */
function membersOf(error: ServiceError): JsonObject {
  const own = error as object as JsonObject;
  // Sensitive members are not enumerable.
  const names = Object.getOwnPropertyNames(own).filter((name) => !inherentNames.has(name));
  return {
    ...(own.members as JsonObject | undefined),
    ...Object.fromEntries(names.map((name) => [name, own[name]])),
  };
}

const inherentNames: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "$fault",
  "$metadata",
  "$retryable",
  "cause",
  "members",
  "message",
  "name",
  "stack",
]);
