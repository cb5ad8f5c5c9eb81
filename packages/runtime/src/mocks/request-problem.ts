/** What a service says of a request before it looks at what the request asks for. */
export class RequestProblem extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
