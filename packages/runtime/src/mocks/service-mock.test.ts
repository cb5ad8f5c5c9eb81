import { getResponse } from "msw";
import { describe, expect, it } from "vitest";
import { exampleService } from "../example.test-service.ts";
import { unitShape } from "../unit.ts";
import type { MockOptions } from "./mock-options.ts";
import type { MockedOperation, OperationMock } from "./operation-mock.ts";
import { awsJson1_1Server } from "./server-protocol.ts";
import { mockService, type ServiceMock } from "./service-mock.ts";

interface ExampleMock extends ServiceMock {
  readonly getProduct: OperationMock<object, object>;
  readonly putProduct: OperationMock<object, object>;
}

function mocked(name: string): MockedOperation<object, object> {
  return {
    operation: { name, service: exampleService, input: unitShape, errors: {} },
    protocol: awsJson1_1Server,
    output: unitShape,
    errors: {},
    defaultOutput: () => ({}),
  };
}

function createMock(options?: MockOptions): ExampleMock {
  return mockService<ExampleMock>(
    { getProduct: mocked("GetProduct"), putProduct: mocked("PutProduct") },
    options,
  );
}

async function ask(mock: ExampleMock, target?: string, method = "POST"): Promise<Response> {
  const request = new Request("https://example.com/", {
    method,
    headers: {
      "content-type": "application/x-amz-json-1.1",
      ...(target !== undefined && { "x-amz-target": target }),
    },
    ...(method === "POST" && { body: "{}" }),
  });
  const response = await getResponse([...mock.handlers, mock.fallback], request);
  return response ?? Response.error();
}

describe("the mock of a service", () => {
  it("has the mocks of its operations, whose requests are counted together", async () => {
    const mock = createMock();
    const ids = ["GetProduct", "PutProduct", "GetProduct"].map(async (name) =>
      (await ask(mock, `ExampleFrontEnd.${name}`)).headers.get("x-amzn-requestid"),
    );
    expect(new Set(await Promise.all(ids)).size).toBe(3);
    expect([mock.getProduct.calls.length, mock.putProduct.calls.length]).toEqual([2, 1]);
  });

  it("lists what was called of all operations", async () => {
    const mock = createMock({ onUnmocked: "error" });
    mock.getProduct.resolves({});
    await ask(mock, "ExampleFrontEnd.GetProduct");
    const response = await ask(mock, "ExampleFrontEnd.PutProduct");
    const { message } = await response.json();
    expect(message).toMatch(/^PutProduct was called, .* now: GetProduct, PutProduct$/);
  });

  it("resets all operations", async () => {
    const mock = createMock({ onUnmocked: "error" });
    mock.getProduct.resolves({});
    await ask(mock, "ExampleFrontEnd.GetProduct");
    mock.reset();
    expect(mock.getProduct.calls).toEqual([]);
    const response = await ask(mock, "ExampleFrontEnd.GetProduct");
    expect(response.status).toBe(400);
  });
});

describe("the fallback of a mocked service", () => {
  it.each([
    [undefined, "POST", "The request has no X-Amz-Target"],
    [undefined, "GET", "The request has no X-Amz-Target"],
    ["Other.GetProduct", "POST", "'Other.GetProduct' is no operation"],
    ["ExampleFrontEnd.GetProduct", "PUT", "Operations take POST, not PUT"],
  ])("knows no operation of target %s with %s", async (target, method, message) => {
    const clock = (): Date => new Date("2026-07-01T00:00:00Z");
    const response = await ask(createMock({ clock }), target, method);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ __type: "UnknownOperationException", message });
    expect(response.headers.get("date")).toBe("Wed, 01 Jul 2026 00:00:00 GMT");
  });

  it("is not among the handlers, which leave other requests to others", async () => {
    const { handlers } = createMock();
    expect(await getResponse([...handlers], new Request("https://example.com"))).toBeUndefined();
  });
});
