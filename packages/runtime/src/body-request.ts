/** The parts of a request that are about its body. */
export interface BodyRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}
