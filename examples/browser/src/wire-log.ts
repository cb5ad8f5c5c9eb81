import type { SetupWorker } from "msw/browser";

/** A request as the service worker saw it, and what it was answered with. */
export interface Exchange {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** When it went out, in milliseconds by the page's clock. */
  readonly sentAt: number;
  readonly response?: {
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: string;
    readonly receivedAt: number;
  };
}

/** Tells of every exchange with the service: when its request goes out, and when its response comes. */
export function watchWire(worker: SetupWorker, tell: (exchange: Exchange) => void): void {
  const exchanges = new Map<string, Promise<Exchange>>();
  worker.events.on("request:start", ({ requestId, request }) => {
    // What the page loads of itself is of no interest.
    if (new URL(request.url).origin === location.origin) return;
    const sentAt = performance.now();
    const started = readRequest(requestId, request.clone(), sentAt);
    exchanges.set(requestId, started);
    void started.then(tell);
  });
  worker.events.on("response:mocked", async ({ requestId, response }) => {
    const receivedAt = performance.now();
    const { status, statusText } = response;
    const [exchange, body] = await Promise.all([exchanges.get(requestId), response.clone().text()]);
    if (exchange === undefined) return;
    tell({
      ...exchange,
      response: { status, statusText, headers: [...response.headers], body, receivedAt },
    });
  });
}

async function readRequest(id: string, request: Request, sentAt: number): Promise<Exchange> {
  const { method, url, headers } = request;
  return { id, method, url, headers: [...headers], body: await request.text(), sentAt };
}
