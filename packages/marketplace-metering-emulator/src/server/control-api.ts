import type { AdjustableClock } from "../clock.ts";
import type { MeteringEmulator } from "../emulator.ts";
import { InvalidJsonError, JsonReader, type MemberCheck } from "../json-problems.ts";
import { readFaults } from "../read-faults.ts";
import { isMoment, readSeed } from "../read-seed.ts";
import { countByHour } from "../usage-by-hour.ts";
import type { StateFile } from "./state-file.ts";

/** What the control API works on. */
export interface Controlled {
  readonly emulator: MeteringEmulator;
  readonly clock: AdjustableClock;
  readonly state: StateFile | undefined;
  /** Makes the clock what it was at the start. */
  readonly resetClock: () => void;
  /** Keeps where the clock is, where there is a state file. */
  readonly keepClock: () => void;
}

export interface ControlRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: Uint8Array;
}

/** Answers a request below `/_/`. */
export async function answerControl(
  request: ControlRequest,
  controlled: Controlled,
): Promise<Response> {
  const route = routes.find(({ path }) => path.test(request.url.pathname));
  if (route === undefined) return refuse(404, `there is no ${request.url.pathname}`);
  if (request.method !== route.method) {
    const message = `${request.url.pathname} takes ${route.method}, not ${request.method}`;
    return refuse(405, message, { allow: route.method });
  }
  try {
    return await route.answer(request, controlled);
  } catch (error) {
    if (!(error instanceof InvalidJsonError)) throw error;
    return Response.json(
      { error: error.message, problems: error.problems },
      { status: 400, headers },
    );
  }
}

/** An answer that says what is wrong, and, where one is known, at which address. */
export function refuse(
  status: number,
  error: string,
  more: { readonly [name: string]: string } = {},
): Response {
  return Response.json({ error }, { status, headers: { ...headers, ...more } });
}

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly answer: (
    request: ControlRequest,
    controlled: Controlled,
  ) => Response | Promise<Response>;
}

const routes: readonly Route[] = [
  { method: "GET", path: /^\/_\/state$/, answer: showState },
  { method: "GET", path: /^\/_\/requests$/, answer: showRequests },
  { method: "GET", path: /^\/_\/keys\/[^/]+\/[^/]+$/, answer: showKey },
  { method: "POST", path: /^\/_\/reset$/, answer: reset },
  { method: "POST", path: /^\/_\/clock$/, answer: setClock },
  { method: "POST", path: /^\/_\/faults$/, answer: setFaults },
  { method: "POST", path: /^\/_\/seed$/, answer: addSeed },
];

function showState({ url }: ControlRequest, { emulator, clock }: Controlled): Response {
  const { now, usage, faults, seed } = emulator.state();
  const most = readCount(url, "usage");
  return Response.json(
    {
      now,
      clock: clock.isStanding ? "standing" : "running",
      usageCount: usage.length,
      usageByHour: countByHour(usage),
      usage: most === undefined ? usage : most === 0 ? [] : usage.slice(-most),
      faults,
      seed,
    },
    { headers },
  );
}

function showRequests({ url }: ControlRequest, { emulator: { requests } }: Controlled): Response {
  const most = readCount(url, "last") ?? requests.length;
  return Response.json(most === 0 ? [] : requests.slice(-most), { headers });
}

function readCount(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidJsonError("the address is wrong", [
    { pointer: "", message: `${name}: found ${JSON.stringify(text)}; a whole number belongs here` },
  ]);
}

async function showKey({ url }: ControlRequest, { emulator }: Controlled): Promise<Response> {
  const [product = "", version = ""] = url.pathname.split("/").slice(3).map(decodePart);
  try {
    const pem = await emulator.publicKey(product, Number(version));
    return new Response(pem, { headers: { ...headers, "content-type": "application/x-pem-file" } });
  } catch (error) {
    return refuse(404, (error as Error).message);
  }
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function reset(_: ControlRequest, { emulator, state, resetClock }: Controlled): Response {
  state?.clearAdded();
  emulator.reset();
  resetClock();
  return Response.json({ now: emulator.state().now }, { headers });
}

function setClock({ body }: ControlRequest, { emulator, clock, keepClock }: Controlled): Response {
  const reader = new JsonReader();
  const change = reader.readObject(readJson(body), "", {
    set: { check: isMoment },
    advance: { check: isMilliseconds },
    standing: { check: isBoolean },
  });
  if (reader.problems.length > 0) throw new InvalidJsonError("the clock is wrong", reader.problems);
  const { set, advance, standing } = change as {
    readonly set?: string;
    readonly advance?: number;
    readonly standing?: boolean;
  };
  if (standing === true) clock.stop();
  if (standing === false) clock.start();
  if (set !== undefined) clock.set(set);
  if (advance !== undefined) clock.advance(advance);
  keepClock();
  const { now } = emulator.state();
  return Response.json({ now, clock: clock.isStanding ? "standing" : "running" }, { headers });
}

// A hundred years: what is beyond would be no date any more.
const furthest = 100 * 366 * 86_400_000;

const isMilliseconds: MemberCheck = (value) =>
  Number.isSafeInteger(value) && Math.abs(Number(value)) <= furthest
    ? undefined
    : "a whole number of milliseconds";

const isBoolean: MemberCheck = (value) =>
  typeof value === "boolean" ? undefined : "true or false";

function setFaults({ body }: ControlRequest, { emulator }: Controlled): Response {
  emulator.faults.restart(readFaults(readJson(body)));
  return Response.json({ faults: emulator.faults.current }, { headers });
}

async function addSeed(
  { body }: ControlRequest,
  { emulator, state }: Controlled,
): Promise<Response> {
  const seed = await readSeed(readJson(body), emulator.directory);
  state?.add(seed);
  emulator.directory.add(seed);
  return Response.json(emulator.state().seed, { headers });
}

function readJson(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidJsonError("the body is no JSON", [
      { pointer: "", message: text === "" ? "it is empty" : (error as Error).message },
    ]);
  }
}
