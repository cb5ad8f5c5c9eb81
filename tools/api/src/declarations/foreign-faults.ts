import type { Finding } from "./program.ts";
import { isBefore } from "./version.ts";

/**
 * A fault in the declarations of other people's packages. It is passed over where it is known;
 * everything else that a compiler has against any package counts.
 */
export interface ForeignFault {
  readonly package: string;
  readonly reason: string;
  readonly codes: readonly number[];
  readonly message: RegExp;
  /** The first compiler that finds nothing wrong. */
  readonly until?: string;
  /** Whether it is there only where the types of Node are not. */
  readonly withoutNode?: true;
}

export const foreignFaults: readonly ForeignFault[] = [
  {
    package: "@smithy/types",
    reason:
      "It describes Node's streams and agents beside those of the web, in one module. Users without the types of Node need skipLibCheck, which is what `tsc --init` gives them.",
    codes: [2307, 2591, 2749],
    message: /^(?:Cannot find (?:module|name) )?'(?:node:(?:https?|http2|stream)|Buffer)'/,
    withoutNode: true,
  },
  {
    package: "@mswjs/interceptors",
    reason: "msw 3 is written for TypeScript 5.7, where typed arrays became generic.",
    codes: [2315],
    message: /^Type '(?:Uint8Array|ArrayBufferView)' is not generic/,
    until: "5.7",
  },
  {
    package: "msw",
    reason: "msw 3 is written for TypeScript 5.7; iterables got more parameters in 5.6.",
    codes: [2314],
    message: /^Generic type '(?:Async)?Iterable<T>' requires 1 type argument/,
    until: "5.6",
  },
];

/** The fault that a finding is, where it is a known one. */
export function findFault(
  { file, code, message }: Finding,
  version: string,
  types: readonly string[],
): ForeignFault | undefined {
  return foreignFaults.find(
    (fault) =>
      `/${file}`.includes(`/node_modules/${fault.package}/`) &&
      fault.codes.includes(code) &&
      fault.message.test(message) &&
      (fault.until === undefined || isBefore(version, fault.until)) &&
      !(fault.withoutNode && types.includes("node")),
  );
}
