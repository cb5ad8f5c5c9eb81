/** The text is no JSON. The message says where it breaks off, for people. */
export class InputTextError extends Error {
  override readonly name = "InputTextError";
}

/**
 * Reads an input that was written as JSON. JSON has no dates: a `Timestamp` that is written as one
 * becomes a `Date`, and anything else stays for the client to refuse.
 */
export function readInput(text: string): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) =>
      name === "Timestamp" && typeof value === "string" ? readDate(value) : value,
    );
  } catch (error) {
    throw new InputTextError(describe(text, error as SyntaxError), { cause: error });
  }
}

function readDate(text: string): unknown {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date;
}

/** Browsers tell the place in different ways, some of them as an offset. */
function describe(text: string, { message }: SyntaxError): string {
  const offset = /position (\d+)/.exec(message)?.[1];
  const before = offset === undefined ? undefined : text.slice(0, Number(offset)).split("\n");
  const reason = message.replace(/ in JSON at position.*/s, "").replace(/, \.{3}?".*/s, "");
  if (before === undefined) return `The input is not JSON: ${message}`;
  return `The input is not JSON. Line ${before.length}, column ${(before.at(-1) ?? "").length + 1}: ${reason}`;
}
