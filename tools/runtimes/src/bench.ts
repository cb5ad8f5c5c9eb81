import { http } from "msw";
import type { ObservedRequest } from "tools-conformance/carrier";
import { createCrossOriginHeaders, requestedHeaders } from "tools-conformance/cross-origin";
import type { Answer } from "tools-conformance/protocols";
import { type AnswerServer, serveAnswer } from "tools-conformance/socket-carrier";
import { serveHandlers } from "tools-local-service";
import type { ModelText } from "./program/protocol-tests.ts";
import { ScenarioService } from "./scenario-service.ts";

/** The harness, as programs see it: test models, servers for exchanges, and the service of the scenario. */
export interface Bench {
  /** A place for one run of one program, apart from all others. */
  readonly openRun: () => BenchRun;
  readonly close: () => Promise<void>;
}

export interface BenchRun {
  /** What the program is given. */
  readonly url: string;
  /** What is wrong with the requests of a step of the scenario; best nothing. */
  readonly findProblems: (step: string) => readonly string[];
}

/** Serves everything on 127.0.0.1, to the pages of any origin too. */
export async function openBench(models: readonly ModelText[]): Promise<Bench> {
  const runs = new Map<string, RunState>();
  const service = await serveHandlers([
    http.all("*", async ({ request }) => {
      const headers = createCrossOriginHeaders(request.headers.get(requestedHeaders));
      if (request.method === "OPTIONS") return new Response(null, { status: 204, headers });
      const [, run = "", ...path] = new URL(request.url).pathname.split("/");
      const response = await runs.get(run)?.answer(path, request);
      const { status = 404, body = null } = response ?? {};
      return new Response(body, { status, headers: { ...listHeaders(response), ...headers } });
    }),
  ]);
  return {
    openRun: () => {
      const id = String(runs.size);
      const state = new RunState(models);
      runs.set(id, state);
      return {
        url: `${service.url}/${id}`,
        findProblems: (step) => state.scenario.findProblems(step),
      };
    },
    close: async () => {
      await Promise.all([...runs.values()].map((run) => run.close()));
      await service.close();
    },
  };
}

class RunState {
  readonly scenario = new ScenarioService();
  private readonly models: readonly ModelText[];
  private readonly exchanges = new Map<string, AnswerServer>();

  constructor(models: readonly ModelText[]) {
    this.models = models;
  }

  async answer(
    [resource, id = "", action]: readonly string[],
    request: Request,
  ): Promise<Response | undefined> {
    switch (resource) {
      case "page":
        return new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
      case "tests":
        return Response.json(this.models);
      case "scenario":
        return this.scenario.answer(id, request);
      case "exchanges":
        return id === "" ? this.open(request) : this.useExchange(id, action);
      default:
        return undefined;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.exchanges.values()].map((server) => server.close()));
  }

  private async open(request: Request): Promise<Response> {
    const { status, headers, body } = (await request.json()) as WireAnswer;
    const answer = { status, headers, body: Uint8Array.from(body) };
    const server = await serveAnswer(answer, { crossOrigin: true });
    const id = String(this.exchanges.size);
    this.exchanges.set(id, server);
    return Response.json({ id, url: server.url });
  }

  private async useExchange(id: string, action: string | undefined): Promise<Response | undefined> {
    const server = this.exchanges.get(id);
    if (action === "requests") return Response.json(server?.requests.map(encodeRequest) ?? []);
    if (action !== "close") return undefined;
    await server?.close();
    return Response.json(null);
  }
}

/** An answer on its way through JSON. */
interface WireAnswer extends Omit<Answer, "body"> {
  readonly body: readonly number[];
}

function encodeRequest({ body, ...request }: ObservedRequest): object {
  return { ...request, body: [...body] };
}

function listHeaders(response: Response | undefined): { readonly [name: string]: string } {
  return Object.fromEntries(response?.headers ?? []);
}
