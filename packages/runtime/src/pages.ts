import { PaginationError, TransportError } from "./errors.ts";

/** How the pages of one call follow each other. */
export interface Pagination<Token, Page extends object> {
  /** The operation, for messages. */
  readonly operation: string;
  /** Where the caller wants to start. Absent for the first page. */
  readonly start: Token | undefined;
  /** Gets the page of a token. */
  readonly call: (token: Token | undefined) => Promise<Page>;
  /** The token of the page after this one. Absent or empty where this one is the last. */
  readonly next: (page: Page) => Token | null | undefined;
  readonly abortSignal: AbortSignal | undefined;
}

/**
 * Gets page after page, each when it is asked for. Every loop over the result starts anew; one that
 * is left with `break` sends nothing more.
 *
 * The pages end where there is no token or an empty one, and where a page has the very token that
 * asked for it: operations that follow a growing log, such as GetLogEvents of CloudWatch Logs, say
 * so that there is no more for now. Tokens that go round in a larger circle are a fault of the
 * service, and a `PaginationError`.
 * @see https://smithy.io/2.0/spec/behavior-traits.html#client-behavior
 */
export function iteratePages<Token, Page extends object>(
  pagination: Pagination<Token, Page>,
): AsyncIterable<Page> {
  return { [Symbol.asyncIterator]: () => generatePages(pagination) };
}

/** The items of page after page, each on its own. A page without items is passed over. */
export function iterateItems<Page extends object, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Iterable<Item> | null | undefined,
  abortSignal: AbortSignal | undefined,
): AsyncIterable<Item> {
  return { [Symbol.asyncIterator]: () => generateItems(pages, itemsOf, abortSignal) };
}

async function* generatePages<Token, Page extends object>(
  pagination: Pagination<Token, Page>,
): AsyncGenerator<Page, void, void> {
  const { operation, start, call, next, abortSignal } = pagination;
  const circle = new CircleCheck();
  let token = start;
  for (;;) {
    throwIfAborted(abortSignal);
    const page = await call(token);
    yield page;
    const following = next(page);
    if (isEmpty(following) || keyOf(following) === keyOf(token)) return;
    if (circle.closesWith(keyOf(following))) {
      throw new PaginationError(`${operation}: the service gave a token for the second time`);
    }
    token = following;
  }
}

async function* generateItems<Page extends object, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Iterable<Item> | null | undefined,
  abortSignal: AbortSignal | undefined,
): AsyncGenerator<Item, void, void> {
  for await (const page of pages) {
    for (const item of itemsOf(page) ?? []) {
      throwIfAborted(abortSignal);
      yield item;
    }
  }
}

/**
 * Notices that keys go round in a circle, of whatever size. One key is kept for that, however many
 * there are, so a part of the circle may be gone through once more.
 * @see https://en.wikipedia.org/wiki/Cycle_detection#Brent's_algorithm
 */
class CircleCheck {
  private landmark: string | undefined;
  private steps = 0;
  private limit = 1;

  closesWith(key: string): boolean {
    if (key === this.landmark) return true;
    this.steps += 1;
    if (this.steps === this.limit) {
      this.landmark = key;
      this.steps = 0;
      this.limit *= 2;
    }
    return false;
  }
}

/** Nothing, empty text, or a key without attributes, as DynamoDB may give it. */
function isEmpty(token: unknown): token is null | undefined {
  if (token === undefined || token === null || token === "") return true;
  return typeof token === "object" && keyOf(token) === "{}";
}

/** Text that equal tokens have in common, in whatever order their members came. */
function keyOf(token: unknown): string {
  if (token === undefined) return "";
  return JSON.stringify(token, (_name, value: unknown) => {
    if (typeof value === "bigint") return String(value);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new TransportError("AbortError", "the iteration was aborted", { cause: signal.reason });
}
