import { describe, expect, it } from "vitest";
import { ServiceError, type ServiceErrorOptions } from "../errors.ts";
import type { Operation } from "../operation.ts";
import {
  awsJson1_0,
  awsJson1_0QueryCompatible,
  awsJson1_1,
  awsJson1_1QueryCompatible,
} from "./aws-json.ts";
import { exactJson, type JsonObject } from "./json.ts";
import type { Protocol, ProtocolError } from "./protocol.ts";
import { parseTimestamp } from "./wire.ts";

class ThrottlingException extends ServiceError {
  constructor(options: ServiceErrorOptions = {}) {
    super("ThrottlingException", "client", options);
  }
}

interface Values {
  readonly [name: string]: unknown;
}

const getProduct: Operation<Values, Values> = {
  name: "GetProduct",
  service: {
    sdkId: "Example",
    shapeName: "ExampleService",
    apiVersion: "2026-01-01",
    signingName: "example",
    packageVersion: "1.2.3",
    protocol: awsJson1_1,
    resolveEndpoint: () => ({ url: "https://example.com" }),
  },
  input: { type: "structure", members: {} },
  errors: { ThrottlingException },
};

describe("a request", () => {
  it.each([
    ["1.0", awsJson1_0],
    ["1.1", awsJson1_1],
  ])(
    "of AWS JSON %s is a POST of JSON to / with the operation in a header",
    (version, protocol) => {
      expect(protocol.createRequest(getProduct, { Id: "a" })).toEqual({
        method: "POST",
        path: "/",
        headers: {
          "content-type": `application/x-amz-json-${version}`,
          "x-amz-target": "ExampleService.GetProduct",
        },
        body: '{"Id":"a"}',
      });
    },
  );

  it.each([
    ["1.0", awsJson1_0QueryCompatible],
    ["1.1", awsJson1_1QueryCompatible],
  ])("of AWS JSON %s asks for the codes of the query protocol", (version, protocol) => {
    expect(protocol.createRequest(getProduct, {}).headers).toEqual({
      "content-type": `application/x-amz-json-${version}`,
      "x-amz-target": "ExampleService.GetProduct",
      "x-amzn-query-mode": "true",
    });
  });

  it("without input is an empty object", () => {
    expect(awsJson1_1.createRequest(getProduct, {}).body).toBe("{}");
  });

  it("has no member for which there is no value", () => {
    const input = { Id: undefined, Name: "", Count: 0 };
    expect(awsJson1_1.createRequest(getProduct, input).body).toBe('{"Name":"","Count":0}');
  });

  it("goes through the operation's serializer and its JSON", () => {
    const operation: Operation<Values, Values> = {
      ...getProduct,
      serialize: (input) => ({ ...input, Added: 2n ** 60n }),
      json: exactJson,
    };
    expect(awsJson1_1.createRequest(operation, { Id: 1n }).body).toBe(
      '{"Id":1,"Added":1152921504606846976}',
    );
  });
});

describe("a response", () => {
  const read = (body: string, operation: Operation<Values, Values> = getProduct): Values =>
    awsJson1_1.parseResponse(operation, { statusCode: 200, headers: {}, body });

  it("with an empty object has no members", () => {
    expect(read("{}")).toStrictEqual({});
  });

  it("without a body is none, unless the operation gives nothing back", () => {
    expect(() => read("")).toThrow("the body is empty");
    expect(read("", { ...getProduct, noOutput: true })).toStrictEqual({});
  });

  it("has no member that is null, at any depth", () => {
    expect(read('{"a":null,"b":{"c":null,"d":[null,{"e":null}]},"f":"null"}')).toStrictEqual({
      b: { d: [null, {}] },
      f: "null",
    });
  });

  it("keeps null where it means something in the output", () => {
    expect(read('{"a":null}', { ...getProduct, keepsNulls: true })).toStrictEqual({ a: null });
  });

  it("goes through the operation's parser and its JSON", () => {
    const operation: Operation<Values, Values> = {
      ...getProduct,
      parse: (wire) => ({ ...wire, Time: parseTimestamp(wire.Time) }),
      json: exactJson,
    };
    expect(read('{"Time":1.5,"Id":9007199254740993}', operation)).toStrictEqual({
      Time: new Date(1500),
      Id: 9007199254740993n,
    });
  });

  it("has members named like those of every object as its own", () => {
    const result = read('{"__proto__":{"a":1},"constructor":null,"toString":"b"}');
    expect(Object.entries(result)).toEqual([
      ["__proto__", { a: 1 }],
      ["toString", "b"],
    ]);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(({} as Values).a).toBeUndefined();
  });

  it.each(["[]", "null", '"text"', "1", "{", "<html>", " "])(
    "that is %s cannot be read",
    (body) => {
      expect(() => read(body)).toThrow(SyntaxError);
    },
  );
});

describe("an error", () => {
  const read = (
    body: unknown,
    headers: { readonly [name: string]: string } = {},
    protocol: Protocol = awsJson1_1,
    operation: Operation<Values, Values> = getProduct,
  ): ProtocolError =>
    protocol.parseError(operation, {
      statusCode: 400,
      headers,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  it.each([
    ["the header", {}, { "x-amzn-errortype": "FooError" }],
    ["__type", { __type: "FooError" }, {}],
    ["code", { code: "FooError" }, {}],
    ["the header before __type", { __type: "Other" }, { "x-amzn-errortype": "FooError" }],
    ["__type before code", { __type: "FooError", code: "Other" }, {}],
    ["__type where the header is empty", { __type: "FooError" }, { "x-amzn-errortype": "" }],
    ["code where __type is no text", { __type: 1, code: "FooError" }, {}],
    ["a name with a namespace", { __type: "aws.protocoltests.json10#FooError" }, {}],
    ["a name with a URI", {}, { "x-amzn-errortype": "FooError:http://amazon.com/coral/validate/" }],
    [
      "a name with both",
      {},
      { "x-amzn-errortype": "aws.protocoltests#FooError:http://amazon.com/#coral/" },
    ],
  ])("has its name from %s", (_name, body, headers) => {
    expect(read(body, headers).code).toBe("FooError");
  });

  it.each([[{}], [{ __type: "" }], [{ __type: "#" }], [{ code: 42 }], [{ __type: null }]])(
    "has no name where the response has none: %j",
    (body) => {
      expect(read(body).code).toBeUndefined();
    },
  );

  it.each([
    [{ message: "a" }, "a"],
    [{ Message: "a" }, "a"],
    [{ errorMessage: "a" }, "a"],
    [{ message: null, Message: "a" }, "a"],
    [{ message: { text: "a" }, errorMessage: "b" }, "b"],
    [{ message: "" }, ""],
    [{ message: 42 }, ""],
    [{}, ""],
  ])("has its message from any of three members: %j", (body, message) => {
    expect(read(body).message).toBe(message);
  });

  it("has as members what is neither its name nor its message", () => {
    const body = { __type: "FooError", message: "a", Reason: "b", Detail: { Id: 1, No: null } };
    expect(read(body).members).toStrictEqual({ Reason: "b", Detail: { Id: 1 } });
    expect(read({ code: "FooError", Message: "a" }).members).toStrictEqual({});
  });

  it("keeps a member that only looks like its name or its message", () => {
    const body = { __type: "FooError", code: "E42", message: "a", errorMessage: "b" };
    expect(read(body).members).toStrictEqual({ code: "E42", errorMessage: "b" });
    expect(read({ errorMessage: "b" }).members).toStrictEqual({ errorMessage: "b" });
  });

  it.each(["", "<html>502 Bad Gateway</html>", "{", "[]", "null", '"text"'])(
    "of a proxy, with the body %j, is an error without a name",
    (body) => {
      expect(read(body)).toStrictEqual({ code: undefined, message: "", members: {} });
      expect(read(body, { "x-amzn-errortype": "FooError" }).code).toBe("FooError");
    },
  );

  it("goes through the reader of its members", () => {
    const operation: Operation<Values, Values> = {
      ...getProduct,
      parseError: {
        ThrottlingException: (wire: JsonObject) => ({ Until: parseTimestamp(wire.Until) }),
      },
      json: exactJson,
    };
    const body = { __type: "ThrottlingException", Until: 1.5 };
    expect(read(body, {}, awsJson1_1, operation).members).toStrictEqual({ Until: new Date(1500) });
  });

  it("is told apart by name even where its members cannot be read", () => {
    const operation: Operation<Values, Values> = {
      ...getProduct,
      parseError: {
        ThrottlingException: (wire: JsonObject) => ({ Until: parseTimestamp(wire.Until) }),
      },
    };
    const body = { __type: "ThrottlingException", message: "a", Until: "soon" };
    expect(read(body, {}, awsJson1_1, operation)).toStrictEqual({
      code: "ThrottlingException",
      message: "a",
      members: {},
    });
  });

  it.each(["constructor", "toString", "valueOf", "__proto__", "hasOwnProperty"])(
    "may be named like a member of every object: %s",
    (name) => {
      const operation = { ...getProduct, parseError: {} };
      expect(read({ __type: name, Reason: "a" }, {}, awsJson1_1, operation)).toStrictEqual({
        code: name,
        message: "",
        members: { Reason: "a" },
      });
    },
  );

  it("has members named like those of every object as its own", () => {
    const { members } = read('{"__proto__":{"a":1},"constructor":"b"}');
    expect(Object.entries(members)).toEqual([
      ["__proto__", { a: 1 }],
      ["constructor", "b"],
    ]);
    expect(Object.getPrototypeOf(members)).toBe(Object.prototype);
  });

  describe("of a service that spoke the query protocol", () => {
    const headers = { "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender" };

    it.each([awsJson1_0QueryCompatible, awsJson1_1QueryCompatible])(
      "has the code of the query protocol where the model does not know its shape",
      (protocol) => {
        expect(
          read({ __type: "com.amazonaws.sqs#QueueDoesNotExist" }, headers, protocol).code,
        ).toBe("AWS.SimpleQueueService.NonExistentQueue");
        expect(read({}, headers, protocol).code).toBe("AWS.SimpleQueueService.NonExistentQueue");
      },
    );

    it("has the name of its shape where the model knows it", () => {
      const body = { __type: "com.amazonaws.sqs#ThrottlingException" };
      expect(read(body, headers, awsJson1_0QueryCompatible).code).toBe("ThrottlingException");
    });

    it("may have a code that is the name of a shape", () => {
      const code = { "x-amzn-query-error": "ThrottlingException;Sender" };
      expect(read({}, code, awsJson1_0QueryCompatible).code).toBe("ThrottlingException");
    });

    it.each(["", ";Sender"])("has the name of its shape where the header is %j", (header) => {
      const empty = { "x-amzn-query-error": header };
      expect(read({ __type: "FooError" }, empty, awsJson1_0QueryCompatible).code).toBe("FooError");
      expect(read({}, empty, awsJson1_0QueryCompatible).code).toBeUndefined();
    });

    it("is like any other where the service is not one of those", () => {
      expect(read({ __type: "FooError" }, headers, awsJson1_0).code).toBe("FooError");
    });
  });
});
