import { runProtocolTests, type TestClient } from "./protocol-tests.ts";
import type { Result } from "./result.ts";
import { type Metering, runScenario } from "./scenario.ts";

/** The packages under test, as the engine loaded them. */
export interface Loaded {
  readonly platform: "edge" | "node";
  readonly metering: Metering;
  readonly clients: readonly TestClient[];
}

/** Everything that is to be seen in a runtime. `bench` is the URL of the harness for this run. */
export async function runEverything(loaded: Loaded, bench: string): Promise<readonly Result[]> {
  const { platform, metering, clients } = loaded;
  return [
    ...(await runProtocolTests(clients, platform, bench)),
    ...(await runScenario(metering, bench)),
  ];
}
