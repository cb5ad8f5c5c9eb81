/** What a thrown value says. Anything can be thrown, and an error of another realm is no `Error` of this one. */
export function readMessage(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return String(thrown);
  const { message, name } = thrown as { readonly message?: unknown; readonly name?: unknown };
  const text = [message, name].find((value) => typeof value === "string" && value !== "");
  return text === undefined ? "an object that is no error" : String(text);
}
