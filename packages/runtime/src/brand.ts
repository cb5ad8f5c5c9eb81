/** What a value is made of: it tells where `instanceof` does not, for values of another realm. */
export function brandOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}
