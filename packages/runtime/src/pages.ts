import { isInvalidInputError, PaginationError, TransportError } from "./errors.ts";
import { isJsonObject } from "./protocol/json.ts";
import { createUnreadableError } from "./unreadable-result.ts";

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
  itemsOf: (page: Page) => readonly Item[] | null | undefined,
  abortSignal: AbortSignal | undefined,
): AsyncIterable<Item> {
  return { [Symbol.asyncIterator]: () => generateItems(pages, itemsOf, abortSignal) };
}

/** The keys and values of a map that a page has; none where it is absent. */
export function entriesOf<Value>(
  map: { readonly [key: string]: Value } | null | undefined,
): [key: string, value: Value][] {
  if (map === undefined || map === null) return [];
  if (isJsonObject(map)) return Object.entries(map);
  throw new TypeError("they are no map");
}

async function* generatePages<Token, Page extends object>(
  pagination: Pagination<Token, Page>,
): AsyncGenerator<Page, void, void> {
  const { operation, start, next, abortSignal } = pagination;
  const circle = new CircleCheck();
  let token = start;
  let previous: Page | undefined;
  for (;;) {
    throwIfAborted(abortSignal);
    const page = await callPage(pagination, token, previous);
    previous = page;
    yield page;
    const following = readPage(page, "the token of a page", next);
    if (isEmpty(following) || keyOf(following) === keyOf(token)) return;
    if (circle.closesWith(keyOf(following))) {
      throw new PaginationError(`${operation}: the service gave a token for the second time`);
    }
    token = following;
  }
}

async function* generateItems<Page extends object, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | null | undefined,
  abortSignal: AbortSignal | undefined,
): AsyncGenerator<Item, void, void> {
  for await (const page of pages) {
    const items = readPage(page, "the items of a page", itemsOf) ?? [];
    if (!Array.isArray(items))
      throw createUnreadableError("the items of a page", page, new TypeError("they are no list"));
    for (const item of items) {
      throwIfAborted(abortSignal);
      yield item;
    }
  }
}

/** A token that its own operation does not take is the service's fault, not the caller's. */
async function callPage<Token, Page extends object>(
  { call }: Pagination<Token, Page>,
  token: Token | undefined,
  previous: Page | undefined,
): Promise<Page> {
  try {
    return await call(token);
  } catch (error) {
    if (previous === undefined || !isInvalidInputError(error)) throw error;
    throw createUnreadableError("the token of a page", previous, error);
  }
}

function readPage<Page extends object, Value>(
  page: Page,
  what: string,
  read: (page: Page) => Value,
): Value {
  try {
    return read(page);
  } catch (cause) {
    throw createUnreadableError(what, page, cause);
  }
}

/**
 * Notices that keys go round in a circle, of whatever size. One key is kept for that, however many
 * there are, so a part of the circle may be gone through once more.
 * @see https://en.wikipedia.org/wiki/Cycle_detection#Brent's_algorithm
 */
class CircleCheck {
  #landmark: string | undefined;
  #steps = 0;
  #limit = 1;

  closesWith(key: string): boolean {
    if (key === this.#landmark) return true;
    this.#steps += 1;
    if (this.#steps === this.#limit) {
      this.#landmark = key;
      this.#steps = 0;
      this.#limit *= 2;
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
