/** The tests cannot be run as they stand: the message says where and what would be right. */
export class HarnessError extends Error {
  override readonly name = "HarnessError";
}
