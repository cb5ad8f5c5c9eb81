import type { MetadataBearer, Operation } from "./operation.ts";
import type { CallOptions } from "./options.ts";

/**
 * The upper seam: what carries a typed call. An operation function hands it the operation, the
 * input and the options of the call, and gets the result or a typed error.
 */
export interface Transport {
  call<Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    input: Input,
    options?: CallOptions,
  ): Promise<Output & MetadataBearer>;

  /** Frees idle connections. Calls under way still settle; calls made later open new connections. */
  destroy(): void;
}
