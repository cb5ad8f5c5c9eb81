import {
  batchMeterUsageOperation,
  parseBatchMeterUsageResult,
} from "@pawprint/marketplace-metering/protocol";
import {
  createTransport as createEdgeTransport,
  MarketplaceMetering as EdgeMetering,
} from "@pawprint/marketplace-metering-edge";
import {
  createTransport as createNodeTransport,
  MarketplaceMetering as NodeMetering,
} from "@pawprint/marketplace-metering-node";
import { findProblems } from "@pawprint/runtime/protocol";
import { type Summary, summarize } from "tools-performance-page/statistics";
import { answers, batchInput, settings } from "./work.ts";

/** A part of a call on its own, with nothing that goes over a socket. */
export interface Part {
  readonly name: string;
  /** Microseconds of CPU time. */
  readonly cpu: Summary;
}

const text = JSON.stringify(answers.batchMeterUsage);
const bytes = Buffer.from(text);
const requestHandler = {
  handle: async () => ({
    response: { statusCode: 200, headers: { "x-amzn-requestid": "id" }, body: bytes },
  }),
};
const options = { ...settings, requestHandler };
const nodeClient = new NodeMetering(options);
const nodeClientUnchecked = new NodeMetering({ ...options, validate: false });
const edgeClient = new EdgeMetering(options);
const nodeTransport = createNodeTransport(options);
const edgeTransport = createEdgeTransport(options);
const unsigned = { ...batchMeterUsageOperation, auth: "none" } as const;

const parts: readonly { readonly name: string; readonly run: () => unknown }[] = [
  {
    name: "check the input",
    run: () => findProblems(batchMeterUsageOperation.input, batchInput),
  },
  {
    name: "serialize the input",
    run: () => JSON.stringify(batchMeterUsageOperation.serialize?.(batchInput)),
  },
  {
    name: "parse the answer",
    run: () => parseBatchMeterUsageResult(JSON.parse(text)),
  },
  { name: "JSON.parse of the answer alone", run: () => JSON.parse(text) },
  {
    name: "a whole call on Node, but the socket",
    run: () => nodeClient.batchMeterUsage(batchInput),
  },
  {
    name: "the same without the check of the input",
    run: () => nodeClientUnchecked.batchMeterUsage(batchInput),
  },
  {
    name: "a whole call on Node without its signature",
    run: () => nodeTransport.call(unsigned, batchInput),
  },
  {
    name: "a whole call on the edge, but fetch",
    run: () => edgeClient.batchMeterUsage(batchInput),
  },
  {
    name: "the same without its signature",
    run: () => edgeTransport.call(unsigned, batchInput),
  },
];

export async function measureParts(turns: number, runs: number): Promise<readonly Part[]> {
  const figures = parts.map((): number[] => []);
  for (let turn = -1; turn < turns; turn += 1) {
    for (const [index, { run }] of parts.entries()) {
      const before = process.cpuUsage();
      for (let count = 0; count < runs; count += 1) await run();
      const { user, system } = process.cpuUsage(before);
      // The first turn warms up.
      if (turn >= 0) figures[index]?.push((user + system) / runs);
    }
  }
  return parts.map(({ name }, index) => ({ name, cpu: summarize(figures[index] ?? []) }));
}
