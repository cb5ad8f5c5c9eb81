import { gzipSync } from "node:zlib";
import { getResponse, HttpResponse } from "msw";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  ConfigurationError,
  ServiceError,
  type ServiceErrorOptions,
  UnmodeledServiceError,
} from "../errors.ts";
import { exampleService, ThrottlingException } from "../example.test-service.ts";
import type { Operation } from "../operation.ts";
import { exactJson, type JsonObject } from "../protocol/json.ts";
import { parseTimestamp, serializeEpochSeconds } from "../protocol/wire.ts";
import type { StructureShape } from "../shape.ts";
import type { MockOptions } from "./mock-options.ts";
import { type MockedOperation, mockOperation, type OperationMock } from "./operation-mock.ts";
import { awsJson1_1Server } from "./server-protocol.ts";

interface Input {
  readonly Id: string;
  readonly Since?: Date | undefined;
}

interface Output {
  readonly Name?: string | undefined;
  readonly Size?: bigint | number | undefined;
  readonly Updated?: Date | undefined;
}

class BusyException extends ServiceError {
  declare readonly name: "BusyException";

  constructor(options: ServiceErrorOptions & { Until?: Date; Serial?: bigint } = {}) {
    super("BusyException", "server", options, { members: ["Until", "Serial"] });
  }
}

const operation: Operation<Input, Output> = {
  name: "GetProduct",
  service: exampleService,
  input: {
    type: "structure",
    required: ["Id"],
    members: { Id: { type: "string", max: 5 }, Since: { type: "timestamp" } },
  },
  json: exactJson,
  errors: { BusyException, ThrottlingException },
};

const output: StructureShape = {
  type: "structure",
  members: { Name: { type: "string" }, Size: { type: "long" }, Updated: { type: "timestamp" } },
};

const mocked: MockedOperation<Input, Output> = {
  operation,
  protocol: awsJson1_1Server,
  parseInput: (wire) => ({
    ...(wire as JsonObject & Input),
    ...(wire.Since !== undefined && { Since: parseTimestamp(wire.Since) }),
  }),
  serializeOutput: ({ Updated, ...rest }) => ({
    ...rest,
    Updated: Updated && serializeEpochSeconds(Updated),
  }),
  output,
  errors: {
    BusyException: {
      status: 503,
      shape: {
        type: "structure",
        members: {
          message: { type: "string", max: 20 },
          Until: { type: "timestamp" },
          Serial: { type: "long" },
        },
      },
      serialize: ({ Until, ...rest }: { readonly Until?: Date }) => ({
        ...rest,
        Until: Until && serializeEpochSeconds(Until),
      }),
    },
    ThrottlingException: {
      status: 429,
      shape: { type: "structure", members: { Reason: { type: "string" } } },
    },
  },
  defaultOutput: () => ({ Name: "default" }),
};

function createMock(options?: MockOptions): OperationMock<Input, Output> {
  return mockOperation(mocked, options);
}

function createRequest(body: unknown, headers: { [name: string]: string } = {}): Request {
  return new Request("https://example.eu-west-1.amazonaws.com/", {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "ExampleFrontEnd.GetProduct",
      ...headers,
    },
    body: typeof body === "string" || body instanceof Blob ? body : JSON.stringify(body),
  });
}

async function send(
  mock: OperationMock<Input, Output>,
  body: unknown = { Id: "a" },
  headers: { [name: string]: string } = {},
): Promise<{ status: number; headers: Headers; body: string }> {
  const response = await getResponse([mock.handler], createRequest(body, headers));
  expect(response).toBeDefined();
  const { status, headers: found } = response as Response;
  return { status, headers: found, body: await (response as Response).text() };
}

describe("the mock of an operation", () => {
  it("answers with the default while the test says nothing", async () => {
    const { status, headers, body } = await send(createMock());
    expect(status).toBe(200);
    expect(body).toBe('{"Name":"default"}');
    expect(headers.get("content-type")).toBe("application/x-amz-json-1.1");
  });

  it("answers no other operation", async () => {
    const headers = { "x-amz-target": "ExampleFrontEnd.DeleteProduct" };
    const mock = createMock();
    expect(await getResponse([mock.handler], createRequest({}, headers))).toBeUndefined();
    const get = new Request("https://example.com", {
      headers: { "x-amz-target": "ExampleFrontEnd.GetProduct" },
    });
    expect(await getResponse([mock.handler], get)).toBeUndefined();
    expect(mock.calls).toEqual([]);
  });

  it("answers each request with an id of its own, the same ones in each run", async () => {
    const mock = createMock();
    const ids = [await send(mock), await send(mock), await send(mock, "{")].map(({ headers }) =>
      headers.get("x-amzn-requestid"),
    );
    expect(ids).toEqual([
      "00000000-0000-4000-8000-000000000001",
      "00000000-0000-4000-8000-000000000002",
      "00000000-0000-4000-8000-000000000003",
    ]);
  });
});

describe("resolves", () => {
  it("answers every call with the output, as it goes over the wire", async () => {
    const mock = createMock();
    mock.resolves({ Name: "b", Size: 2n ** 60n, Updated: new Date(1500) });
    const expected = '{"Name":"b","Size":1152921504606846976,"Updated":1.5}';
    expect([(await send(mock)).body, (await send(mock)).body]).toEqual([expected, expected]);
  });

  it("holds until the test says something else", async () => {
    const mock = createMock();
    mock.resolves({ Name: "b" });
    mock.rejects(new ThrottlingException());
    mock.resolves({ Name: "c" });
    expect((await send(mock)).body).toBe('{"Name":"c"}');
  });

  it("refuses an output that the model does not allow, at once", () => {
    const mock = createMock();
    const wrong = { Name: 1, Nmae: "a" } as object;
    const message =
      "the mock of GetProduct has an output that the model does not allow: " +
      "Name: 1 is not a string; Nmae: is no member of the model";
    expect(() => mock.resolves(wrong)).toThrow(new TypeError(message));
    expect(() => mock.resolvesOnce(wrong)).toThrow(new TypeError(message));
    expect(() => mock.resolves(undefined as never)).toThrow("undefined is not an object");
  });
});

describe("resolvesOnce and rejectsOnce", () => {
  it("come first, in turn, whatever was said before and after them", async () => {
    const mock = createMock();
    mock.resolvesOnce({ Name: "1" });
    mock.resolves({ Name: "always" });
    mock.rejectsOnce(new ThrottlingException());
    mock.resolvesOnce({ Name: "3" });
    const bodies = [await send(mock), await send(mock), await send(mock), await send(mock)];
    expect(bodies.map(({ status, body }) => [status, JSON.parse(body).Name])).toEqual([
      [200, "1"],
      [429, undefined],
      [200, "3"],
      [200, "always"],
    ]);
  });

  it("are not used up by a request that the service would refuse", async () => {
    const mock = createMock();
    mock.resolvesOnce({ Name: "1" });
    await send(mock, { Id: "too long" });
    await send(mock, "{");
    expect((await send(mock)).body).toBe('{"Name":"1"}');
  });
});

describe("rejects", () => {
  it("answers with a modelled error, its status and its members", async () => {
    const mock = createMock();
    const Until = new Date(1500);
    mock.rejects(new BusyException({ message: "later", Until, Serial: 2n ** 60n }));
    const { status, headers, body } = await send(mock);
    expect(status).toBe(503);
    expect(headers.get("x-amzn-errortype")).toBe("BusyException");
    expect(body).toBe(
      '{"Serial":1152921504606846976,"Until":1.5,"__type":"BusyException","message":"later"}',
    );
  });

  it("sends nothing of a call that an error went through before", async () => {
    const mock = createMock();
    const $metadata = { attempts: 3, totalRetryDelay: 10, requestId: "id-9" };
    const cause = new Error("secret");
    mock.rejects(new ThrottlingException({ message: "a", Reason: "b", $metadata, cause }));
    expect(JSON.parse((await send(mock)).body)).toEqual({
      __type: "ThrottlingException",
      message: "a",
      Reason: "b",
    });
  });

  it.each([
    ["client", 400],
    ["server", 500],
  ] as const)(
    "answers with an error of the %s that the model does not know",
    async (fault, code) => {
      const mock = createMock();
      mock.rejects(
        new UnmodeledServiceError("FooError", fault, { message: "a", members: { B: 1 } }),
      );
      const { status, body } = await send(mock);
      expect(status).toBe(code);
      expect(JSON.parse(body)).toEqual({ __type: "FooError", message: "a", B: 1 });
    },
  );

  it.each(["constructor", "toString", "__proto__"])(
    "may be with an error called %s",
    async (name) => {
      const mock = createMock();
      mock.rejects(new UnmodeledServiceError(name, "client"));
      const { status, body } = await send(mock);
      expect(status).toBe(400);
      expect(JSON.parse(body)).toEqual({ __type: name, message: "" });
    },
  );

  it.each([
    [new Error("boom"), "boom"],
    [new ConfigurationError("no region"), "no region"],
  ])("answers with a fault of the service for %s", async (error, message) => {
    const mock = createMock();
    mock.rejects(error);
    const { status, body } = await send(mock);
    expect(status).toBe(500);
    expect(JSON.parse(body)).toEqual({ __type: "InternalFailure", message });
  });
});

describe("replies", () => {
  it("answers with what the function gives for the input", async () => {
    const mock = createMock();
    mock.replies(({ Id, Since }) => ({ Name: `${Id} since ${Since?.toISOString()}` }));
    expect((await send(mock, { Id: "a", Since: 1.5 })).body).toBe(
      '{"Name":"a since 1970-01-01T00:00:01.500Z"}',
    );
  });

  it("may answer later", async () => {
    const mock = createMock();
    mock.replies(async ({ Id }) => {
      await new Promise((resolve) => setTimeout(resolve, Id === "slow" ? 20 : 0));
      return { Name: Id };
    });
    const answers = await Promise.all([send(mock, { Id: "slow" }), send(mock, { Id: "quick" })]);
    expect(answers.map(({ body }) => body)).toEqual(['{"Name":"slow"}', '{"Name":"quick"}']);
  });

  it("answers with a service error that the function throws", async () => {
    const mock = createMock();
    mock.replies(() => {
      throw new ThrottlingException({ message: "a" });
    });
    expect(await send(mock)).toMatchObject({ status: 429 });
    mock.replies(() => Promise.reject(new BusyException()));
    expect(await send(mock)).toMatchObject({ status: 503 });
  });

  it.each([
    ["text", "text"],
    [undefined, "undefined"],
    [Object.create(null), "an object that is no error"],
  ])("answers with a fault of the service where it throws %o", async (thrown, message) => {
    const mock = createMock();
    mock.replies(() => Promise.reject(thrown));
    const { status, body } = await send(mock);
    expect(status).toBe(500);
    expect(JSON.parse(body)).toEqual({ __type: "InternalFailure", message });
  });

  it("answers with a fault of the service that names what the model does not allow", async () => {
    const mock = createMock();
    mock.replies(() => ({ Name: 1 }) as object);
    const { status, body } = await send(mock);
    expect(status).toBe(500);
    expect(JSON.parse(body).message).toBe(
      "the mock of GetProduct has an output that the model does not allow: Name: 1 is not a string",
    );
  });
});

describe("replies, besides the input,", () => {
  it("gets what else is known of the call", async () => {
    const mock = createMock();
    mock.replies((_input, { attempt, requestId, bodyLength }) => ({
      Name: `${attempt} ${requestId} ${bodyLength}`,
    }));
    const { body } = await send(mock, { Id: "a" }, { "amz-sdk-request": "attempt=2; max=3" });
    expect(JSON.parse(body).Name).toBe("2 00000000-0000-4000-8000-000000000001 10");
  });

  it("may answer with a response that goes out as it is", async () => {
    const mock = createMock();
    mock.replies(() => new Response("<html>", { status: 502 }));
    expect(await send(mock)).toMatchObject({ status: 502, body: "<html>" });
  });

  it("may answer with msw's own kind of response", async () => {
    const mock = createMock();
    mock.replies(() => HttpResponse.text("ok", { status: 202 }));
    expect(await send(mock)).toMatchObject({ status: 202, body: "ok" });
  });

  it("may answer once, in turn with what else is said once", async () => {
    const mock = createMock();
    mock.repliesOnce(({ Id }) => ({ Name: Id }));
    mock.resolvesOnce({ Name: "second" });
    const names = [await send(mock), await send(mock), await send(mock)];
    expect(names.map(({ body }) => JSON.parse(body).Name)).toEqual(["a", "second", "default"]);
  });
});

describe("networkError", () => {
  const typeOf = async (mock: OperationMock<Input, Output>): Promise<string | undefined> =>
    (await getResponse([mock.handler], createRequest({ Id: "a" })))?.type;

  it("breaks the connection of every call, which is recorded", async () => {
    const mock = createMock();
    mock.networkError();
    expect([await typeOf(mock), await typeOf(mock)]).toEqual(["error", "error"]);
    expect(mock.calls).toHaveLength(2);
  });

  it("breaks the connection once", async () => {
    const mock = createMock();
    mock.networkErrorOnce();
    expect([await typeOf(mock), await typeOf(mock)]).toEqual(["error", "default"]);
  });
});

describe("delays", () => {
  afterEach(() => vi.useRealTimers());

  it("keeps every answer back, whatever it is, until it is reset", async () => {
    vi.useFakeTimers();
    const mock = createMock();
    mock.delays(30_000);
    mock.rejects(new ThrottlingException());
    const answers: number[] = [];
    const answered = send(mock).then(({ status }) => answers.push(status));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await answered;
    expect(answers).toEqual([429]);
    mock.reset();
    expect(await send(mock)).toMatchObject({ status: 200 });
  });

  it.each([30_000, Number.POSITIVE_INFINITY])(
    "ends when the client gives up: %d",
    async (delay) => {
      const mock = createMock();
      mock.delays(delay);
      const controller = new AbortController();
      const request = new Request(createRequest({ Id: "a" }), { signal: controller.signal });
      const answer = getResponse([mock.handler], request);
      await vi.waitFor(() => expect(mock.calls).toHaveLength(1));
      controller.abort();
      expect((await answer)?.type).toBe("error");
    },
  );
});

describe("a service's mock data", () => {
  it("is refused at once where the model does not allow the members of an error", () => {
    const mock = createMock();
    const wrong = new BusyException({ message: "a", Until: "soon" as never });
    const message =
      "the mock of GetProduct has an error (BusyException) that the model does not allow: " +
      'Until: "soon" is not a Date';
    expect(() => mock.rejects(wrong)).toThrow(new TypeError(message));
    expect(() => mock.rejectsOnce(wrong)).toThrow(new TypeError(message));
    const long = new BusyException({ message: "a message of many words" });
    expect(() => mock.rejects(long)).toThrow("message: 23 characters are more than 20");
  });

  it("is refused in the answer where a function throws an error that the model does not allow", async () => {
    const mock = createMock();
    mock.replies(() => {
      throw new UnmodeledServiceError("BusyException", "server", { members: { Unitl: 1 } });
    });
    const { status, body } = await send(mock);
    expect(status).toBe(500);
    expect(JSON.parse(body).message).toContain("Unitl: is no member of the model");
  });
});

describe("where the test has to say everything", () => {
  it("an operation that it says nothing of answers with what was called", async () => {
    const mock = createMock({ onUnmocked: "error" });
    mock.resolvesOnce({ Name: "1" });
    await send(mock);
    const { status, body } = await send(mock);
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      __type: "UnmockedOperation",
      message:
        "GetProduct was called, and the test does not say what it answers: resolves, rejects or " +
        "replies of its mock would. Called until now: GetProduct (2 times)",
    });
  });

  it("a reset forgets what was called, and what was said", async () => {
    const mock = createMock({ onUnmocked: "error" });
    mock.resolves({});
    await send(mock);
    mock.reset();
    expect(JSON.parse((await send(mock)).body).message).toMatch(/Called until now: GetProduct$/);
  });
});

describe("a request", () => {
  it("of another content type asks for no operation", async () => {
    const mock = createMock();
    const { status, body } = await send(mock, { Id: "a" }, { "content-type": "application/json" });
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({
      __type: "UnknownOperationException",
      message: "The content type is 'application/json', not 'application/x-amz-json-1.1'",
    });
    expect(mock.calls).toEqual([]);
  });

  it("may say its charset", async () => {
    const headers = { "content-type": "application/x-amz-json-1.1; charset=utf-8" };
    expect(await send(createMock(), { Id: "a" }, headers)).toMatchObject({ status: 200 });
  });

  it("may have null for a member that is not there", async () => {
    const mock = createMock();
    expect(await send(mock, { Id: "a", Since: null })).toMatchObject({ status: 200 });
    expect(mock.calls[0]?.input).toEqual({ Id: "a" });
    const { body } = await send(mock, { Id: null });
    expect(JSON.parse(body).message).toBe("Id: is missing");
  });
});

it("an answer has the time of the service's clock", async () => {
  const mock = createMock({ clock: () => new Date("2026-07-01T00:00:00Z") });
  const answers = [await send(mock), await send(mock, "{")];
  expect(answers.map(({ headers }) => headers.get("date"))).toEqual([
    "Wed, 01 Jul 2026 00:00:00 GMT",
    "Wed, 01 Jul 2026 00:00:00 GMT",
  ]);
});

describe("calls", () => {
  it("has each call with its input as the client meant it", async () => {
    const mock = createMock();
    await send(mock, { Id: "a", Since: 1.5 });
    await send(mock, { Id: "b" });
    expect(mock.calls.map(({ input }) => input)).toEqual([
      { Id: "a", Since: new Date(1500) },
      { Id: "b" },
    ]);
    expect(mock.calls[0]?.url).toBe("https://example.eu-west-1.amazonaws.com/");
  });

  it("says who signed a call, where it was signed for and which attempt it is", async () => {
    const mock = createMock();
    await send(
      mock,
      { Id: "a" },
      {
        authorization:
          "AWS4-HMAC-SHA256 Credential=AKID/20260701/eu-west-1/example/aws4_request, SignedHeaders=host",
        "amz-sdk-request": "attempt=2; max=3",
      },
    );
    await send(mock);
    expect(
      mock.calls.map(({ accessKeyId, region, attempt }) => [accessKeyId, region, attempt]),
    ).toEqual([
      ["AKID", "eu-west-1", 2],
      [undefined, undefined, 0],
    ]);
    expect(mock.calls[0]?.headers.get("x-amz-target")).toBe("ExampleFrontEnd.GetProduct");
  });

  it.each([0, 2])("has the latest %d calls, where no more are to be kept", async (keptCalls) => {
    const mock = createMock({ keptCalls });
    for (const Id of ["a", "b", "c"]) await send(mock, { Id });
    expect(mock.calls.map(({ input }) => input.Id)).toEqual(["b", "c"].slice(2 - keptCalls));
  });

  it("has a call whose input the model does not allow, which is refused", async () => {
    const mock = createMock();
    const { status, body } = await send(mock, { Id: "too long", Other: 1 });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      __type: "ValidationException",
      message: "Id: 8 characters are more than 5; Other: is no member of the model",
    });
    expect(mock.calls.map(({ input }) => input)).toEqual([{ Id: "too long", Other: 1 }]);
  });

  it.each(["{", "[]", "<html>", '{"Id":"a","Since":"soon"}'])(
    "has no call that cannot be read, which is refused: %s",
    async (text) => {
      const mock = createMock();
      const { status, body } = await send(mock, text);
      expect(status).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ __type: "SerializationException" });
      expect(mock.calls).toEqual([]);
    },
  );

  it("has calls whose body is compressed", async () => {
    const mock = createMock();
    const headers = { "content-encoding": "gzip" };
    await send(mock, new Blob([gzipSync('{"Id":"a"}')]), headers);
    expect(mock.calls[0]?.input).toEqual({ Id: "a" });
    const broken = await send(mock, "no gzip", headers);
    expect(JSON.parse(broken.body)).toMatchObject({ __type: "SerializationException" });
  });
});

describe("reset", () => {
  it("forgets the calls and all that the test has said", async () => {
    const mock = createMock();
    const { calls } = mock;
    mock.resolves({ Name: "always" });
    mock.rejectsOnce(new ThrottlingException());
    mock.rejectsOnce(new ThrottlingException());
    await send(mock);
    mock.reset();
    expect(calls).toEqual([]);
    expect((await send(mock)).body).toBe('{"Name":"default"}');
    expect(calls).toHaveLength(1);
  });
});
