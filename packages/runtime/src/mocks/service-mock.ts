import type { HttpHandler } from "msw";
import { http } from "msw";
import type { MockOptions } from "./mock-options.ts";
import { createMockSession, readClock } from "./mock-session.ts";
import type { MockedOperation, OperationMock } from "./operation-mock.ts";
import { mockOperationIn } from "./operation-mock.ts";

/** What the mock of every service has beside the mocks of its operations. */
export interface ServiceMock {
  /** The msw handlers of all operations. They match the service's requests on any host. */
  readonly handlers: readonly HttpHandler[];
  /**
   * Answers whatever request there is with `UnknownOperationException`, as the service does where no
   * operation is asked for. It is for a server that has nothing but this service, behind `handlers`.
   */
  readonly fallback: HttpHandler;
  /** Resets every operation: no calls, and the default answers. */
  reset(): void;
}

/** What is known of each operation that a mock of a service has a mock of. */
export type MockedOperations<Mock extends ServiceMock> = {
  readonly [Name in Exclude<keyof Mock, keyof ServiceMock>]: Mock[Name] extends OperationMock<
    infer Input,
    infer Output
  >
    ? MockedOperation<Input, Output>
    : never;
};

/** Mocks the operations of a service together: they count requests and calls in common. */
export function mockService<Mock extends ServiceMock>(
  operations: MockedOperations<Mock>,
  options: MockOptions = {},
): Mock {
  const session = createMockSession(options);
  const mocked = Object.entries<MockedOperation<object, object>>(operations);
  const mocks = mocked.map(
    ([name, operation]) => [name, mockOperationIn(session, operation)] as const,
  );
  const service: ServiceMock = {
    handlers: mocks.map(([, { handler }]) => handler),
    fallback: http.all(
      () => true,
      ({ request: { headers, method } }) => {
        const target = headers.get("x-amz-target");
        const message = describeMiss(target, method);
        const error = { name: "UnknownOperationException", message, status: 404, members: {} };
        const envelope = { requestId: session.nextRequestId(), date: readClock(session) };
        return mocked[0]?.[1].protocol.createErrorResponse(error, JSON.stringify, envelope);
      },
    ),
    reset: () => {
      for (const [, mock] of mocks) mock.reset();
    },
  };
  return { ...Object.fromEntries(mocks), ...service } as object as Mock;
}

/** Why no operation answers a request. */
function describeMiss(target: string | null, method: string): string {
  if (target === null) return "The request has no X-Amz-Target";
  return method === "POST" ? `'${target}' is no operation` : `Operations take POST, not ${method}`;
}
