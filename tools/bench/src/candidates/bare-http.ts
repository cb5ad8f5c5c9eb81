import { Agent, request } from "node:http";
import type { Candidate } from "../candidate.ts";
import { checkAnswer } from "../work.ts";
import { type BareRequest, createBareRequest } from "./floor.ts";

export const candidate: Candidate = {
  name: "bare node:http",
  create: (endpoint, concurrency) => {
    const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
    return {
      call: async (work) => {
        const text = await send(endpoint, agent, createBareRequest(work));
        checkAnswer(work, JSON.parse(text));
      },
    };
  },
};

function send(endpoint: string, agent: Agent, { headers, body }: BareRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request(endpoint, {
      agent,
      method: "POST",
      headers: { ...headers, ...length },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => resolve(Buffer.concat(chunks).toString()));
    });
    outgoing.end(body);
  });
}
