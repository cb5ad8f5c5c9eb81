/** The token that the tests expect wherever a client makes one up. */
const token = "00000000-0000-4000-8000-000000000000";

/** Makes every UUID that is made up during a call the token of the tests. */
export async function withFixedTokens<Result>(call: () => Promise<Result>): Promise<Result> {
  // An own property hides the method of the prototype, and is gone afterwards.
  Object.defineProperty(crypto, "randomUUID", { configurable: true, value: () => token });
  try {
    return await call();
  } finally {
    Reflect.deleteProperty(crypto, "randomUUID");
  }
}
