/**
 * The input is wrong, and this is where: the command line prints it and exits with 2.
 *
 * The message reads `models/x.json: com.example#Shape$Member: what is wrong; what would be right`.
 */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly address: readonly string[];
  /** The message without the address. */
  readonly problem: string;

  constructor(address: readonly string[], problem: string, options?: ErrorOptions) {
    super([...address, problem].join(": "), options);
    this.address = address;
    this.problem = problem;
  }
}

/** Where something stands: the file, then a shape id, a member id or a JSON pointer. */
export type Address = readonly string[];
