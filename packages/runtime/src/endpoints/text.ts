/**
 * The characters from `start` up to `stop`, counted from the end where `reverse` is true. Gives
 * nothing where the text is too short or is not ASCII.
 */
export function substring(
  value: string,
  start: number,
  stop: number,
  reverse: boolean,
): string | undefined {
  if (start >= stop || value.length < stop || /[\u0080-\uffff]/.test(value)) return undefined;
  return reverse
    ? value.slice(value.length - stop, value.length - start)
    : value.slice(start, stop);
}

/** The parts of text between delimiters: at most `limit`, the last with the rest. 0 is no limit. */
export function split(value: string, delimiter: string, limit: number): readonly string[] {
  const parts = value.split(delimiter);
  return limit === 0 || parts.length <= limit
    ? parts
    : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(delimiter)];
}
