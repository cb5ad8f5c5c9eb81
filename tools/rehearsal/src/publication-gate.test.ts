import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createPublicationGate, type PublicationGate } from "./publication-gate.ts";

/** What has arrived behind the gate. */
let arrived: string[];
let status: number;
let gate: PublicationGate;

beforeEach(async () => {
  arrived = [];
  status = 201;
  const registry = createServer(async (request, response) => {
    arrived.push(`${request.method} ${request.url} ${(await text(request)).length}`);
    response.writeHead(status).end(`for ${request.headers.host}`);
  });
  await new Promise<void>((resolve) => {
    registry.listen(0, "127.0.0.1", resolve);
  });
  const { port } = registry.address() as AddressInfo;
  gate = await createPublicationGate(`http://127.0.0.1:${port}`);
  onTestFinished(async () => {
    await gate.stop();
    registry.close();
  });
});

function publish(name: string): Promise<Response> {
  const body = JSON.stringify({ name, versions: { "1.2.3": {} }, _attachments: {} });
  return fetch(`${gate.url}${name}`, { method: "PUT", body });
}

test("requests go through a gate with the host that they were for", async () => {
  const response = await fetch(`${gate.url}example?write=true`);
  expect(await response.text()).toBe(`for ${new URL(gate.url).host}`);
  expect(arrived).toEqual(["GET /example?write=true 0"]);
  expect(gate.published).toEqual([]);
});

test("what the registry takes is published, and what it refuses is not", async () => {
  await publish("first");
  status = 409;
  expect((await publish("second")).status).toBe(409);
  expect(gate.published).toEqual(["first@1.2.3"]);
});

test("what publishes no version is not counted", async () => {
  await fetch(`${gate.url}-/package/first/dist-tags/next`, { method: "PUT", body: '"1.2.3"' });
  expect(arrived).toHaveLength(1);
  expect(gate.published).toEqual([]);
});

test("a gate that closes after one package leaves the next without an answer", async () => {
  const closed = gate.closeAfter(1);
  const first = publish("first");
  await first;
  const second = publish("second");
  second.catch(() => {});
  await closed;
  expect(gate.published).toEqual(["first@1.2.3"]);
  expect(await Promise.race([second, setTimeout(200, "no answer")])).toBe("no answer");
});

test("a gate that opens again lets everything through", async () => {
  const closed = gate.closeAfter(0);
  publish("first").catch(() => {});
  await closed;
  gate.open();
  await publish("second");
  expect(gate.published).toEqual(["second@1.2.3"]);
});

test("a gate before a registry that is not there breaks the connection", async () => {
  const alone = await createPublicationGate("http://127.0.0.1:1");
  onTestFinished(() => alone.stop());
  await expect(fetch(alone.url)).rejects.toThrow("fetch failed");
});
