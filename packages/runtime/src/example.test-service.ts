import type { HttpHandlerOptions } from "@smithy/types";
import { ServiceError, type ServiceErrorOptions } from "./errors.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "./http-handler.ts";
import type { Operation, Service } from "./operation.ts";
import { awsJson1_1 } from "./protocol/aws-json.ts";

// A service of one operation, as generated code would describe it, and an HTTP handler that answers
// from memory.

export interface GetProductInput {
  readonly Id: string;
}

export interface GetProductOutput {
  readonly Name?: string | undefined;
}

export class ThrottlingException extends ServiceError {
  declare readonly name: "ThrottlingException";
  declare readonly Reason?: string | undefined;

  constructor(options: ServiceErrorOptions & { readonly Reason?: string | undefined } = {}) {
    super("ThrottlingException", "client", options, { members: ["Reason"] });
  }
}

export const exampleService: Service = {
  sdkId: "Example Service",
  shapeName: "ExampleFrontEnd",
  apiVersion: "2026-01-01",
  signingName: "example",
  packageVersion: "1.2.3",
  protocol: awsJson1_1,
  resolveEndpoint: ({ Region, Endpoint }) => ({
    url: String(Endpoint ?? `https://example.${Region}.amazonaws.com`),
  }),
};

export const getProduct: Operation<GetProductInput, GetProductOutput> = {
  name: "GetProduct",
  service: exampleService,
  input: {
    type: "structure",
    required: ["Id"],
    members: { Id: { type: "string", max: 36 } },
  },
  errors: { ThrottlingException },
};

type Answer =
  | HttpResponse
  | ((request: HttpRequest, options: HttpHandlerOptions) => HttpResponse | Promise<HttpResponse>);

/** Answers requests in turn; the last answer stays. */
export class FakeHttpHandler implements HttpHandler {
  readonly requests: HttpRequest[] = [];
  readonly options: HttpHandlerOptions[] = [];
  destroyed = 0;
  private readonly answers: readonly Answer[];

  constructor(...answers: readonly Answer[]) {
    this.answers = answers;
  }

  async handle(
    request: HttpRequest,
    options: HttpHandlerOptions = {},
  ): Promise<{ response: HttpResponse }> {
    this.requests.push(request);
    this.options.push(options);
    const answer = this.answers[this.requests.length - 1] ?? this.answers.at(-1);
    if (answer === undefined) throw new Error("the test gives no answer");
    return { response: typeof answer === "function" ? await answer(request, options) : answer };
  }

  destroy(): void {
    this.destroyed += 1;
  }
}

export function respond(
  statusCode: number,
  body: object = {},
  headers: { [name: string]: string } = {},
): HttpResponse {
  return {
    statusCode,
    headers: { "x-amzn-requestid": `id-${statusCode}`, ...headers },
    body: JSON.stringify(body),
  };
}
