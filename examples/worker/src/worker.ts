import type { Environment } from "./environment.ts";
import { fulfil } from "./fulfilment.ts";
import { readUsageEvents } from "./usage-event.ts";
import type { UsageLedger } from "./usage-ledger.ts";

export { UsageLedger } from "./usage-ledger.ts";

export default {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST") return new Response("not found\n", { status: 404 });
    if (pathname === "/fulfilment") return fulfil(request, environment, openLedger(environment));
    if (pathname === "/usage") return recordUsage(request, environment);
    return new Response("not found\n", { status: 404 });
  },

  /** By cron, every quarter of an hour: an hour that is over is sent soon, and what waits is not sent too often. */
  async scheduled({ scheduledTime }: ScheduledController, environment: Environment): Promise<void> {
    // What fails is still in the ledger: the next run sends it. The failure shows in the Worker's metrics.
    await openLedger(environment).flush(scheduledTime);
  },
};

/** Answers 200 once every event is safe, or 409 with those that are not; the others are. */
async function recordUsage(request: Request, environment: Environment): Promise<Response> {
  const given = request.headers.get("authorization") ?? "";
  if (!(await isEqual(given, `Bearer ${environment.USAGE_TOKEN}`))) {
    return Response.json({ error: "the token is missing or wrong" }, { status: 401 });
  }
  try {
    const events = readUsageEvents(await request.json());
    const refusals = await openLedger(environment).record(events);
    return Response.json({ refusals }, { status: refusals.length === 0 ? 200 : 409 });
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) {
      return Response.json({ error: error.message }, { status: 400 });
    }
    throw error;
  }
}

function openLedger({ LEDGER }: Environment): DurableObjectStub<UsageLedger> {
  return LEDGER.get(LEDGER.idFromName("usage"));
}

/** Compares digests, so that the time it takes tells nothing about the token. */
async function isEqual(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((text) => digest(text)));
  return a !== undefined && a === b;
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].join();
}
