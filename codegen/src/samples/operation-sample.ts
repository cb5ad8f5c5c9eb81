import type { Operation } from "../ir/service.ts";
import type { Member } from "../ir/shape.ts";
import { readExample } from "./read-example.ts";
import type { SampleValue } from "./sample-value.ts";
import { sampleValue } from "./sample-value.ts";

/** An input for READMEs: the model's first example, or else a sample with required members alone. */
export function sampleInput(operation: Operation): SampleValue | undefined {
  const { input } = operation;
  if (input === undefined) return undefined;
  return readExample(operation, "input") ?? sampleValue(input, { depth: 0 });
}

/** What a mock answers by default: the model's first example, or else a sample. */
export function sampleOutput(operation: Operation): SampleValue | undefined {
  const { output } = operation;
  if (output === undefined) return undefined;
  const token = readOutputToken(operation);
  const leavesOut = ({ name }: Member): boolean => name === token;
  return readExample(operation, "output") ?? sampleValue(output, { leavesOut });
}

/** Where a paginated operation says that there is more: a mock that always says so would never end. */
function readOutputToken({ traits }: Operation): string | undefined {
  const paginated = traits.get("smithy.api#paginated") as { outputToken?: unknown } | undefined;
  const path = paginated?.outputToken;
  return typeof path === "string" ? path.split(".").at(-1) : undefined;
}
