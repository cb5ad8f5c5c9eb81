import type { TransportOptions } from "@pawprint/runtime";
import type { Carrier, Exchange } from "./carrier.ts";
import type { GeneratedClient, Platform } from "./client.ts";
import { withFixedTokens } from "./idempotency-token.ts";
import { createMinimalInput } from "./minimal-input.ts";
import { compareError, compareResult, describeError, type Outcome } from "./outcome-comparison.ts";
import type { Answer, ProtocolTests } from "./protocols.ts";
import { compareRequest } from "./request-comparison.ts";
import { nameOf, type ResponseTest, type TestCase, type TestModel } from "./test-model.ts";
import { toTypedValue } from "./typed-value.ts";

/** One case, run once. */
export interface TestRun {
  readonly protocol: string;
  readonly kind: TestCase["kind"];
  readonly id: string;
  readonly operation: string;
  readonly transport: Platform["name"];
  readonly carrier: string;
  /** What is not as the test demands; best nothing. */
  readonly differences: readonly string[];
}

/** What tests are run with. */
export interface TestBench {
  readonly protocol: ProtocolTests;
  readonly model: TestModel;
  readonly client: GeneratedClient;
  readonly carriers: readonly Carrier[];
}

/** Runs each case over each transport and each carrier that it can be run on. */
export async function runTests(bench: TestBench): Promise<readonly TestRun[]> {
  const runs: TestRun[] = [];
  for (const testCase of bench.model.cases) {
    for (const carrier of bench.carriers.filter(({ carries }) => carries(testCase))) {
      for (const platform of bench.client.transports) {
        const differences = await runCase(bench, testCase, platform, carrier);
        runs.push({
          protocol: bench.protocol.name,
          kind: testCase.kind,
          id: testCase.test.id,
          operation: nameOf(testCase.operation),
          transport: platform.name,
          carrier: carrier.name,
          differences: [...differences, ...findGaps(testCase, carrier, bench.carriers)],
        });
      }
    }
  }
  return runs;
}

async function runCase(
  bench: TestBench,
  testCase: TestCase,
  platform: Platform,
  carrier: Carrier,
): Promise<readonly string[]> {
  const answer =
    testCase.kind === "request"
      ? bench.protocol.emptyAnswer
      : createAnswer(testCase.test, bench.protocol);
  const exchange = await carrier.open(answer);
  try {
    return testCase.kind === "request"
      ? await withFixedTokens(() => runRequest(bench, testCase, platform, carrier, exchange))
      : await runResponse(bench, testCase, platform, exchange);
  } finally {
    await exchange.close();
  }
}

async function runRequest(
  { protocol, model: { shapes }, client }: TestBench,
  { operation, test }: TestCase & { readonly kind: "request" },
  platform: Platform,
  { hiddenHeaders }: Carrier,
  { options, requests }: Exchange,
): Promise<readonly string[]> {
  const input = toTypedValue(shapes, inputOf(shapes, operation), test.params ?? {}) as object;
  const endpoint = test.host === undefined ? {} : { endpoint: `https://${test.host}` };
  const outcome = await call(client, operation, input, platform, { ...options, ...endpoint });
  const sent = await requests();
  const [request] = sent;
  if (request === undefined) {
    return "error" in outcome
      ? [`nothing was sent: ${describeError(outcome.error)}`]
      : ["nothing was sent"];
  }
  return [
    ...compareRequest(test, request, { protocol, hiddenHeaders }),
    ...(sent.length > 1 ? [`${sent.length} requests were sent`] : []),
    ...("error" in outcome ? [`the call failed: ${describeError(outcome.error)}`] : []),
  ];
}

async function runResponse(
  { model: { shapes }, client }: TestBench,
  testCase: TestCase & { readonly kind: "error" | "response" },
  platform: Platform,
  { options }: Exchange,
): Promise<readonly string[]> {
  const { operation, test } = testCase;
  const input = createMinimalInput(shapes, operation);
  const outcome = await call(client, operation, input, platform, { ...options, validate: false });
  const target = testCase.kind === "error" ? testCase.error : outputOf(shapes, operation);
  const members = toTypedValue(shapes, target, test.params ?? {}) as Members;
  if (testCase.kind === "response") return compareResult(test, members, outcome);
  const name = nameOf(target);
  const fault = shapes[target]?.traits?.["smithy.api#error"] as "client" | "server";
  return compareError(test, { name, fault, class: client.errorClass(name), members }, outcome);
}

interface Members {
  readonly [name: string]: unknown;
}

type Shapes = TestModel["shapes"];

function inputOf(shapes: Shapes, operation: string): string {
  return shapes[operation]?.input?.target ?? "smithy.api#Unit";
}

function outputOf(shapes: Shapes, operation: string): string {
  return shapes[operation]?.output?.target ?? "smithy.api#Unit";
}

/** Calls an operation as a user would: its function, over a transport, without retries. */
async function call(
  client: GeneratedClient,
  operation: string,
  input: object,
  platform: Platform,
  options: TransportOptions,
): Promise<Outcome> {
  const transport = platform.createTransport({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
    ...options,
  });
  try {
    return { result: await client.operation(operation)(transport, input) };
  } catch (error) {
    return { error };
  } finally {
    transport.destroy();
  }
}

function createAnswer(
  { code, headers = {}, body = "" }: ResponseTest,
  protocol: ProtocolTests,
): Answer {
  return { status: code, headers, body: protocol.readBody(body) };
}

/** What a case asserts of headers that the carrier cannot see, and that no other carrier sees either. */
function findGaps(
  testCase: TestCase,
  { name, hiddenHeaders }: Carrier,
  carriers: readonly Carrier[],
): readonly string[] {
  if (testCase.kind !== "request") return [];
  const { headers = {}, forbidHeaders = [], requireHeaders = [] } = testCase.test;
  const asserted = [...Object.keys(headers), ...forbidHeaders, ...requireHeaders].map((header) =>
    header.toLowerCase(),
  );
  return hiddenHeaders
    .filter((header) => asserted.includes(header))
    .filter(
      (header) =>
        !carriers.some((other) => other.carries(testCase) && !other.hiddenHeaders.includes(header)),
    )
    .map((header) => `header ${header}: is asserted, and nothing but the ${name} can run the case`);
}
