import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import {
  ConfigurationError,
  InvalidInputError,
  isConfigurationError,
  isInvalidInputError,
  isResponseError,
  isServiceError,
  isTransportError,
  PawprintError,
  ResponseError,
  ServiceError,
  type ServiceErrorOptions,
  TransportError,
  UnmodeledServiceError,
} from "./errors.ts";

class ThrottlingException extends ServiceError {
  declare readonly name: "ThrottlingException";
  declare readonly Reason?: string | undefined;

  constructor(options: ServiceErrorOptions & { readonly Reason?: string } = {}) {
    super("ThrottlingException", "client", options, {
      members: ["Reason", "name", "stack", "$fault", "$retryable", "constructor", "toString"],
      retryable: { throttling: true },
    });
  }
}

const $metadata = { httpStatusCode: 400, requestId: "id-1", attempts: 1, totalRetryDelay: 0 };
const problems = [{ path: "Name", message: "is missing" }];

const guards = {
  isConfigurationError,
  isInvalidInputError,
  isResponseError,
  isServiceError,
  isTransportError,
};

/** The names of the guards that take a value for one of theirs. */
function kindsOf(error: unknown): readonly string[] {
  return Object.entries(guards).flatMap(([name, guard]) => (guard(error) ? [name] : []));
}

const errors = [
  { error: new ThrottlingException({ message: "slow down", $metadata }), kind: "isServiceError" },
  { error: new UnmodeledServiceError("FooError", "server"), kind: "isServiceError" },
  { error: new TransportError("AbortError", "stopped"), kind: "isTransportError" },
  { error: new InvalidInputError("GetProduct", problems), kind: "isInvalidInputError" },
  { error: new ResponseError("broken", "{", { $metadata }), kind: "isResponseError" },
  { error: new ConfigurationError("no region"), kind: "isConfigurationError" },
];

describe.each(errors)("$error.name", ({ error, kind }) => {
  it("is of one kind", () => {
    expect(kindsOf(error)).toEqual([kind]);
  });

  it("is an Error, and one of Pawprint", () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(PawprintError);
  });

  it("is known to the guards of another copy of the module", async () => {
    const path = "./errors.ts?copy";
    const copy: typeof guards = await import(path);
    expect(copy.isServiceError).not.toBe(isServiceError);
    expect(Object.keys(guards).filter((name) => copy[name as keyof typeof guards](error))).toEqual([
      kind,
    ]);
  });

  it("has its name and message in its text and in the first line of its stack", () => {
    const text = error.message === "" ? error.name : `${error.name}: ${error.message}`;
    expect(String(error)).toBe(text);
    expect(error.stack?.startsWith(text)).toBe(true);
  });

  it("says where it was made, not how", () => {
    expect(error.stack?.split("\n    at ")[1]).toContain("errors.test.ts");
  });

  it("is printed with its name and its message once", () => {
    const printed = inspect(error);
    expect(printed.split(error.name)).toHaveLength(2);
    expect(printed.split(`${error.name}: ${error.message}`).length).toBeLessThanOrEqual(2);
  });

  it("has neither name nor message nor stack among its enumerable members", () => {
    expect(Object.keys(error)).not.toContain("name");
    expect(Object.keys(error)).not.toContain("message");
    expect(Object.keys(error)).not.toContain("stack");
    expect(Object.getOwnPropertySymbols({ ...error })).toEqual([]);
  });
});

describe("an error with a sensitive message", () => {
  const error = new (class extends ServiceError {
    constructor() {
      super("SecretError", "client", { message: "hush" }, { sensitive: ["message"] });
    }
  })();

  it("is printed without it", () => {
    expect(inspect(error)).toContain("SecretError");
    expect(inspect(error)).toContain("(a sensitive message)");
    expect(inspect(error)).not.toContain("hush");
  });

  it("has it for whoever asks", () => {
    expect(error.message).toBe("hush");
  });
});

describe("the guards", () => {
  it.each([
    undefined,
    null,
    "ServiceError",
    42,
    {},
    new Error("a"),
    { name: "ThrottlingException", $fault: "client" },
    () => {},
    Object.create(null),
  ])("take nothing else for an error: %s", (value) => {
    expect(kindsOf(value)).toEqual([]);
  });

  it("know an error of another realm", () => {
    const context = createContext({});
    const foreign: unknown = runInContext(
      'Object.defineProperty(new Error("a"), Symbol.for("pawprint.error.kind"), { value: "service" })',
      context,
    );
    expect(foreign).not.toBeInstanceOf(Error);
    expect(kindsOf(foreign)).toEqual(["isServiceError"]);
  });
});

describe("a service error", () => {
  it("has what it was made with", () => {
    const cause = new Error("why");
    const error = new ThrottlingException({ message: "a", $metadata, cause, Reason: "b" });
    expect(error).toMatchObject({ message: "a", $metadata, cause, Reason: "b" });
    expect(error).toMatchObject({ $fault: "client", $retryable: { throttling: true } });
  });

  it("may have neither message nor cause", () => {
    const error = new ThrottlingException();
    expect(error.message).toBe("");
    expect(Object.hasOwn(error, "cause")).toBe(false);
    expect(error.$metadata).toEqual({ attempts: 0, totalRetryDelay: 0 });
  });

  it("is written as JSON with all that the service said but its name and message", () => {
    const error = new ThrottlingException({ message: "a", $metadata, Reason: "b" });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      $metadata,
      $fault: "client",
      $retryable: { throttling: true },
      Reason: "b",
    });
  });

  it.each(["name", "stack", "$fault", "$retryable", "constructor", "toString", "__proto__"])(
    "keeps its own %s where the service sends a member of that name",
    (member) => {
      const members: object = JSON.parse(`{"${member}":"hostile","Reason":"b"}`);
      const error = new ThrottlingException({ message: "a", ...members });
      expect(error.Reason).toBe("b");
      expect(error.name).toBe("ThrottlingException");
      expect(error.$fault).toBe("client");
      expect(error.$retryable).toEqual({ throttling: true });
      expect(error.constructor).toBe(ThrottlingException);
      expect(error.stack).toContain("errors.test.ts");
      expect(String(error)).toBe("ThrottlingException: a");
      expect(error).toBeInstanceOf(ThrottlingException);
      expect(isServiceError(error)).toBe(true);
    },
  );

  it("has no member that the model does not know", () => {
    const members = { Reason: "a", Added: "b" };
    expect(Object.hasOwn(new ThrottlingException(members), "Added")).toBe(false);
  });

  it("keeps its prototype where the service sends an object as __proto__", () => {
    const members: object = JSON.parse('{"__proto__":{"message":"hostile","polluted":true}}');
    const error = new ThrottlingException({ message: "a", ...members });
    expect(Object.getPrototypeOf(error)).toBe(ThrottlingException.prototype);
    expect("polluted" in error).toBe(false);
    expect("polluted" in {}).toBe(false);
  });
});

describe("an error that the model does not know", () => {
  it("keeps its members apart", () => {
    const members: { [name: string]: unknown } = JSON.parse(
      '{"name":"a","message":"b","cause":"c","__proto__":{"d":1}}',
    );
    const error = new UnmodeledServiceError("FooError", "client", { message: "e", members });
    expect(error).toMatchObject({ name: "FooError", message: "e", $fault: "client" });
    expect(error.members).toBe(members);
    expect(Object.hasOwn(error, "cause")).toBe(false);
    expect(Object.getPrototypeOf(error)).toBe(UnmodeledServiceError.prototype);
  });

  it("has no members where the service sent none", () => {
    expect(new UnmodeledServiceError("FooError", "client").members).toEqual({});
  });
});

describe("a refused input", () => {
  it("lists every problem in its message", () => {
    const error = new InvalidInputError("GetProduct", [
      { path: "", message: "null is not an object" },
      { path: "Items[0].Name", message: "is missing" },
    ]);
    expect(error.message).toBe(
      "GetProduct: 2 problems\n  null is not an object\n  Items[0].Name: is missing",
    );
    expect(error.problems).toHaveLength(2);
    expect(error.$metadata).toEqual({ attempts: 0, totalRetryDelay: 0 });
  });

  it("has a message of one line for one problem", () => {
    expect(new InvalidInputError("GetProduct", problems).message).toBe(
      "GetProduct: Name: is missing",
    );
  });
});

describe("a response that cannot be read", () => {
  it("has the beginning of its body and what made it unreadable", () => {
    const cause = new SyntaxError("Unexpected end");
    const error = new ResponseError("broken", "x".repeat(5_000), { cause, $metadata });
    expect(error.body).toBe("x".repeat(1_024));
    expect(error.cause).toBe(cause);
    expect(error.$metadata).toBe($metadata);
  });
});

describe("causes", () => {
  it("are kept, also where they are no errors", () => {
    expect(new TransportError("AbortError", "a", { cause: "user left" }).cause).toBe("user left");
    expect(new ConfigurationError("a", { cause: null }).cause).toBeNull();
  });

  it("are absent where there is none", () => {
    expect("cause" in new TransportError("TimeoutError", "a")).toBe(false);
    expect("cause" in new ConfigurationError("a")).toBe(false);
  });

  it("are printed", () => {
    const error = new TransportError("ConnectionError", "a", { cause: new Error("reset") });
    expect(inspect(error)).toContain("[cause]: Error: reset");
  });
});
