import type { Operation } from "../ir/service.ts";
import type { Member } from "../ir/shape.ts";
import { readExample } from "./read-example.ts";
import type { SampleValue } from "./sample-value.ts";
import { sampleValue } from "./sample-value.ts";

/** An input for READMEs: the model's first example, or else a sample with required members alone. */
export function sampleInput(operation: Operation): SampleValue | undefined {
  const { input, pagination } = operation;
  if (input === undefined) return undefined;
  const example = readExample(operation, "input");
  if (example === undefined) return sampleValue(input, { depth: 0 });
  return without(pagination === undefined ? [] : [pagination.inputToken], example);
}

/**
 * What a mock answers by default: the model's first example, or else a sample. It says nothing of
 * further pages: a mock that always says that there are some would never end.
 */
export function sampleOutput(operation: Operation): SampleValue | undefined {
  const { output, pagination } = operation;
  if (output === undefined) return undefined;
  const path = pagination?.outputToken ?? [];
  const token = path.at(-1);
  const leavesOut = ({ id }: Member): boolean => id === token?.id;
  const example = readExample(operation, "output");
  return example === undefined ? sampleValue(output, { leavesOut }) : without(path, example);
}

/** A sample without the member that a path leads to. */
function without([member, ...path]: readonly Member[], sample: SampleValue): SampleValue {
  if (member === undefined || sample.kind !== "object") return sample;
  const entries = sample.entries.flatMap((entry) => {
    if (entry.key !== member.name) return [entry];
    return path.length === 0 ? [] : [{ ...entry, value: without(path, entry.value) }];
  });
  return { ...sample, entries };
}
