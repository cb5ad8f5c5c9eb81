import { fitsSocket } from "tools-conformance/carrier";
import { HarnessError } from "tools-conformance/harness-error";
import type { KnownFailure } from "tools-conformance/known-failures";
import { nameOf, type TestCase } from "tools-conformance/test-model";
import type { Expectation } from "./cell.ts";
import { groupOf, nameResult } from "./program/protocol-tests.ts";
import { scenario } from "./program/scenario.ts";
import type { ProtocolModel } from "./project.ts";
import type { Limit } from "./runtime.ts";

/** The columns of the table, in order. */
export const groups: readonly string[] = [
  ...["handler", "sockets"].map(groupOf),
  ...new Set(scenario.map(({ group }) => group)),
];

/** Everything that a program has to run. The harness reads it off the models, not off the results. */
export function listExpectations(
  models: readonly ProtocolModel[],
  known: readonly KnownFailure[],
  limits: readonly Limit[] = [],
): readonly Expectation[] {
  const cases = models.flatMap(({ protocol, model }) =>
    model.cases.map((testCase) => ({ protocol, testCase })),
  );
  const limited = limits.flatMap(({ tests }) => tests);
  const stale = limited.find((id) => !cases.some(({ testCase }) => testCase.test.id === id));
  if (models.length > 0 && stale !== undefined) {
    throw new HarnessError(`${stale}: is a limit of a runtime, and there is no such test`);
  }
  const protocolTests = cases.flatMap(({ protocol, testCase }) => {
    const { kind, operation, test } = testCase;
    const isKnown = known.some(
      (entry) => entry.protocol === protocol && entry.kind === kind && entry.id === test.id,
    );
    const name = nameResult({ protocol, kind, id: test.id, operation: nameOf(operation) });
    const ok = !isKnown && !limited.includes(test.id);
    return listCarriers(testCase).map((carrier) => ({ group: groupOf(carrier), name, ok }));
  });
  return [...protocolTests, ...scenario.map(({ group, name }) => ({ group, name, ok: true }))];
}

function listCarriers(testCase: TestCase): readonly string[] {
  return fitsSocket(testCase) ? ["handler", "sockets"] : ["handler"];
}
