import { fitsSocket } from "tools-conformance/carrier";
import type { KnownFailure } from "tools-conformance/known-failures";
import { nameOf } from "tools-conformance/test-model";
import type { Expectation } from "./cell.ts";
import { groupOf, nameResult } from "./program/protocol-tests.ts";
import { scenario } from "./program/scenario.ts";
import type { ProtocolModel } from "./project.ts";

/** The columns of the table, in order. */
export const groups: readonly string[] = [
  ...["handler", "sockets"].map(groupOf),
  ...new Set(scenario.map(({ group }) => group)),
];

/** Everything that each program has to run. The harness reads it off the models, not off the results. */
export function listExpectations(
  models: readonly ProtocolModel[],
  known: readonly KnownFailure[],
): readonly Expectation[] {
  const protocolTests = models.flatMap(({ protocol, model }) =>
    model.cases.flatMap((testCase) => {
      const { kind, operation, test } = testCase;
      const name = nameResult({ protocol, kind, id: test.id, operation: nameOf(operation) });
      const ok = !known.some(
        (entry) => entry.protocol === protocol && entry.kind === kind && entry.id === test.id,
      );
      return ["handler", ...(fitsSocket(testCase) ? ["sockets"] : [])].map((carrier) => ({
        group: groupOf(carrier),
        name,
        ok,
      }));
    }),
  );
  return [...protocolTests, ...scenario.map(({ group, name }) => ({ group, name, ok: true }))];
}
