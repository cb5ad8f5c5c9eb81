import { describeClient, type Module } from "tools-conformance/client";
import { handlerCarrier } from "tools-conformance/handler-carrier";
import { protocols } from "tools-conformance/protocols";
import { parseTestModel } from "tools-conformance/test-model";
import { runTests } from "tools-conformance/test-run";
import { createRemoteCarrier } from "./remote-carrier.ts";
import type { Result } from "./result.ts";

/** The packages that were generated from the tests of one protocol. */
export interface TestClient {
  readonly protocol: string;
  readonly core: Module;
  /** The package of one platform. */
  readonly transport: Module;
}

/** A test model, as the bench gives it. */
export interface ModelText {
  readonly protocol: string;
  readonly text: string;
}

/** What a result of a protocol test is called: the same here and where results are expected. */
export function nameResult(run: {
  readonly protocol: string;
  readonly kind: string;
  readonly id: string;
  readonly operation: string;
}): string {
  return `${run.protocol} ${run.kind} ${run.id}, operation ${run.operation}`;
}

/** The column of a carrier. */
export function groupOf(carrier: string): string {
  return `protocol tests, ${carrier}`;
}

/** Runs each case of each model over the handler seam and, where it can go there, over a socket. */
export async function runProtocolTests(
  clients: readonly TestClient[],
  platform: "edge" | "node",
  bench: string,
): Promise<readonly Result[]> {
  const models = (await (await fetch(`${bench}/tests`)).json()) as readonly ModelText[];
  const carriers = [handlerCarrier, createRemoteCarrier(bench)];
  const results: Result[] = [];
  for (const { protocol: name, text } of models) {
    const protocol = protocols.find((candidate) => candidate.name === name);
    const packages = clients.find((candidate) => candidate.protocol === name);
    if (protocol === undefined || packages === undefined) throw new Error(`no client of ${name}`);
    const model = parseTestModel(text, `${name}.json`, protocol);
    const client = describeClient(packages.core, { [platform]: packages.transport });
    for (const run of await runTests({ protocol, model, client, carriers })) {
      results.push({
        group: groupOf(run.carrier),
        name: nameResult(run),
        ok: run.differences.length === 0,
        message: run.differences.join("; "),
      });
    }
  }
  return results;
}
