import type { MarketplaceMeteringClient } from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { MarketplaceMetering as NodeMetering } from "@pawprint/marketplace-metering-node";
import { serveHandlers } from "tools-local-service";
import type { Step } from "./scenario.ts";
import { scenario } from "./scenario.ts";

/** A line of the table. */
export interface Row {
  readonly step: string;
  readonly transport: string;
  readonly status: string;
  readonly milliseconds: number;
  readonly outcome: string;
  readonly ok: boolean;
}

/** Serves the mocks, runs every step through both transports, and tells what came back. */
export async function runScenario(steps: readonly Step[] = scenario): Promise<readonly Row[]> {
  const mock = mockMarketplaceMetering();
  const service = await serveHandlers(mock.handlers);
  const options = {
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
    endpoint: service.url,
    maxAttempts: 2,
  };
  const clients: readonly (readonly [string, MarketplaceMeteringClient])[] = [
    ["node", new NodeMetering(options)],
    ["edge", new EdgeMetering(options)],
  ];
  const rows: Row[] = [];
  try {
    for (const step of steps) {
      for (const [transport, client] of clients) {
        rows.push(await runStep(step, transport, () => step.run(client, mock)));
        mock.reset();
      }
    }
  } finally {
    for (const [, client] of clients) client.destroy();
    await service.close();
  }
  return rows;
}

async function runStep(
  { title }: Step,
  transport: string,
  run: () => ReturnType<Step["run"]>,
): Promise<Row> {
  const started = performance.now();
  const row = { step: title, transport };
  try {
    const { status, text } = await run();
    const milliseconds = performance.now() - started;
    return { ...row, status: String(status ?? "–"), milliseconds, outcome: text, ok: true };
  } catch (error) {
    const milliseconds = performance.now() - started;
    return { ...row, status: "failed", milliseconds, outcome: String(error), ok: false };
  }
}
