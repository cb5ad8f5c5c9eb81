import { parseExactJson } from "./exact-json.ts";
import { HarnessError } from "./harness-error.ts";
import type { ProtocolTests } from "./protocols.ts";

/** A model in Smithy's JSON AST, as far as tests need it, with the tests that its shapes carry. */
export interface TestModel {
  readonly file: string;
  readonly service: string;
  readonly shapes: Shapes;
  readonly cases: readonly TestCase[];
  /** How many cases are for servers only, and left out. */
  readonly serverCases: number;
}

export interface Shapes {
  readonly [id: string]: Shape;
}

export interface Shape {
  readonly type: string;
  readonly traits?: Traits;
  readonly members?: { readonly [name: string]: Member };
  /** Of a list. */
  readonly member?: Member;
  /** Of a map. */
  readonly value?: Member;
  /** Of an operation. */
  readonly input?: Target;
  readonly output?: Target;
  readonly errors?: readonly Target[];
}

interface Target {
  readonly target: string;
}

export interface Member extends Target {
  readonly traits?: Traits;
}

export interface Traits {
  readonly [id: string]: unknown;
}

/** One case on one operation. A case of an error counts once for each operation that lists it. */
export type TestCase =
  | { readonly kind: "request"; readonly operation: string; readonly test: RequestTest }
  | { readonly kind: "response"; readonly operation: string; readonly test: ResponseTest }
  | {
      readonly kind: "error";
      readonly operation: string;
      readonly error: string;
      readonly test: ResponseTest;
    };

interface MessageTest {
  readonly id: string;
  readonly protocol: string;
  readonly appliesTo?: "client" | "server";
  /** Typed by the operation's input or output, or by the error. */
  readonly params?: { readonly [name: string]: unknown };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  readonly bodyMediaType?: string;
}

/** @see https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html#httprequesttests */
export interface RequestTest extends MessageTest {
  readonly method: string;
  readonly uri: string;
  /** What the client is given as its endpoint, without the scheme. */
  readonly host?: string;
  /** Where the request must go, where that is not `host`. */
  readonly resolvedHost?: string;
  readonly queryParams?: readonly string[];
  readonly forbidQueryParams?: readonly string[];
  readonly requireQueryParams?: readonly string[];
  readonly forbidHeaders?: readonly string[];
  readonly requireHeaders?: readonly string[];
}

/** @see https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html#httpresponsetests */
export interface ResponseTest extends MessageTest {
  readonly code: number;
}

/**
 * Makes a model with its tests of the text of a file. Throws a `HarnessError` for a test that says
 * something this tool does not assert.
 */
export function parseTestModel(text: string, file: string, protocol: ProtocolTests): TestModel {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  const { shapes } = parseExactJson(text) as { readonly shapes: Shapes };
  const services = Object.keys(shapes).filter((id) => shapes[id]?.type === "service");
  const [service] = services;
  if (service === undefined || services.length > 1) {
    throw new HarnessError(`${name}: must have one service, and has ${services.length}`);
  }
  const all = collectCases(shapes);
  for (const { test, kind } of all) checkTest(test, kind, protocol, name);
  const cases = all.filter(({ test }) => test.appliesTo !== "server");
  return { file, service, shapes, cases, serverCases: all.length - cases.length };
}

/** `Name` of `namespace#Name`. */
export function nameOf(id: string): string {
  return id.slice(id.indexOf("#") + 1);
}

const requestTests = "smithy.test#httpRequestTests";
const responseTests = "smithy.test#httpResponseTests";
/** What a server must refuse: nothing for clients. */
const malformedRequestTests = "smithy.test#httpMalformedRequestTests";
const knownTests: readonly string[] = [requestTests, responseTests, malformedRequestTests];

function collectCases(shapes: Shapes): readonly TestCase[] {
  const operations = Object.keys(shapes).filter((id) => shapes[id]?.type === "operation");
  const listed = new Set(operations.flatMap((id) => errorsOf(shapes, id)));
  for (const [id, { type, traits = {} }] of Object.entries(shapes)) {
    const tests = Object.keys(traits).filter((trait) => trait.startsWith("smithy.test#"));
    const unknown = tests.find((trait) => !knownTests.includes(trait));
    if (unknown !== undefined) throw new HarnessError(`${id}: nothing runs its ${unknown}`);
    if (tests.length > 0 && type !== "operation" && !listed.has(id)) {
      throw new HarnessError(`${id}: it has tests, and no operation lists it as an error`);
    }
  }
  return operations.flatMap((operation) => [
    ...testsOf<RequestTest>(shapes, operation, requestTests).map(
      (test) => ({ kind: "request", operation, test }) as const,
    ),
    ...testsOf<ResponseTest>(shapes, operation, responseTests).map(
      (test) => ({ kind: "response", operation, test }) as const,
    ),
    ...errorsOf(shapes, operation).flatMap((error) =>
      testsOf<ResponseTest>(shapes, error, responseTests).map(
        (test) => ({ kind: "error", operation, error, test }) as const,
      ),
    ),
  ]);
}

function testsOf<Test>(shapes: Shapes, id: string, trait: string): readonly Test[] {
  return (shapes[id]?.traits?.[trait] ?? []) as readonly Test[];
}

function errorsOf(shapes: Shapes, operation: string): readonly string[] {
  return (shapes[operation]?.errors ?? []).map(({ target }) => target);
}

/** What a test may say: each of these is asserted, or is for people. */
const messageProperties: readonly string[] = [
  ...["id", "protocol", "appliesTo", "params", "headers", "body", "bodyMediaType"],
  ...["documentation", "tags"],
];
const requestProperties: readonly string[] = [
  ...["method", "uri", "host", "resolvedHost", "forbidHeaders", "requireHeaders"],
  ...["queryParams", "forbidQueryParams", "requireQueryParams"],
];
const responseProperties: readonly string[] = ["code"];

/** A property that nothing asserts would be a silent gap; so would a body that nothing can compare. */
function checkTest(
  test: RequestTest | ResponseTest,
  kind: TestCase["kind"],
  protocol: ProtocolTests,
  file: string,
): void {
  const address = `${file}: ${kind} test ${test.id}`;
  const known = kind === "request" ? requestProperties : responseProperties;
  const unknown = Object.keys(test).find(
    (name) => !messageProperties.includes(name) && !known.includes(name),
  );
  if (unknown !== undefined) throw new HarnessError(`${address}: nothing asserts its ${unknown}`);
  if (test.protocol !== protocol.trait) {
    throw new HarnessError(`${address}: is for ${test.protocol}, not for ${protocol.trait}`);
  }
  const { bodyMediaType } = test;
  if (bodyMediaType !== undefined && !Object.hasOwn(protocol.bodies, bodyMediaType)) {
    throw new HarnessError(
      `${address}: nothing compares ${bodyMediaType}; add it to the bodies of ${protocol.name}`,
    );
  }
}
