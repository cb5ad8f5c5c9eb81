import { describe, expect, test } from "vitest";
import { InvalidInputError, isPaginationError, isTransportError } from "./errors.ts";
import { entriesOf, iterateItems, iteratePages, type Pagination } from "./pages.ts";

interface Page {
  readonly items?: readonly string[] | undefined;
  readonly next?: unknown;
}

/** A service that answers each token with the page of its index, and remembers what it was asked. */
function createService(
  pages: readonly Page[],
  options: Partial<Pagination<unknown, Page>> = {},
): { readonly asked: unknown[]; readonly pages: AsyncIterable<Page> } {
  const asked: unknown[] = [];
  const call = async (token: unknown): Promise<Page> => {
    asked.push(token);
    return pages[(asked.length - 1) % pages.length] as Page;
  };
  const iterable = iteratePages<unknown, Page>({
    operation: "ListKeys",
    start: undefined,
    call,
    next: (page) => page.next,
    abortSignal: undefined,
    ...options,
  });
  return { asked, pages: iterable };
}

const three: readonly Page[] = [
  { items: ["a", "b"], next: "1" },
  { items: [], next: "2" },
  { items: ["c"] },
];

describe("pages", () => {
  test("come one after the other, each for the token of the one before", async () => {
    const service = createService(three);
    expect(await collect(service.pages)).toEqual(three);
    expect(service.asked).toEqual([undefined, "1", "2"]);
  });

  test("start where the caller wants to start", async () => {
    const service = createService([{}], { start: "from here" });
    await collect(service.pages);
    expect(service.asked).toEqual(["from here"]);
  });

  test("are asked for only when the loop gets there", async () => {
    const service = createService(three);
    expect(service.asked).toEqual([]);
    for await (const page of service.pages) if (page.next === "1") break;
    expect(service.asked).toEqual([undefined]);
  });

  test("come anew for each loop", async () => {
    const service = createService(three);
    await collect(service.pages);
    expect(await collect(service.pages)).toEqual(three);
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["empty text", ""],
    ["an empty key", {}],
  ])("end with a token that is %s", async (_what, next) => {
    const service = createService([{ next }]);
    expect(await collect(service.pages)).toEqual([{ next }]);
  });

  test.each([
    ["text", "same", "same"],
    ["a key whose members come in another order", { a: "1", b: "2" }, { b: "2", a: "1" }],
    ["bytes", { key: Uint8Array.of(1, 2) }, { key: Uint8Array.of(1, 2) }],
    ["a big number", 2n ** 60n, 2n ** 60n],
  ])("end where a page has the token that asked for it: %s", async (_what, first, second) => {
    const service = createService([{ next: first }, { next: second }]);
    expect(await collect(service.pages)).toHaveLength(2);
  });

  test("end where the caller's own token comes back", async () => {
    const service = createService([{ next: "end of the log" }], { start: "end of the log" });
    expect(await collect(service.pages)).toHaveLength(1);
  });

  test("that differ in bytes or dates alone are different", async () => {
    const service = createService([
      { next: { key: Uint8Array.of(1) } },
      { next: { key: Uint8Array.of(2) } },
      { next: { key: new Date(0) } },
      { next: { key: new Date(1) } },
      {},
    ]);
    expect(await collect(service.pages)).toHaveLength(5);
  });

  test.each([2, 3, 7, 100])(
    "whose tokens go round in a circle of %i are an error",
    async (size) => {
      const circle = Array.from({ length: size }, (_page, index) => ({ next: `token ${index}` }));
      const service = createService(circle);
      const error = await collect(service.pages).catch(identity);
      expect(isPaginationError(error)).toBe(true);
      expect(String(error)).toBe(
        "PaginationError: ListKeys: the service gave a token for the second time",
      );
      expect(service.asked.length).toBeLessThanOrEqual(4 * size);
    },
  );

  test("end with the error of a call", async () => {
    const failure = new Error("slow down");
    const service = createService([], { call: () => Promise.reject(failure) });
    expect(await collect(service.pages).catch(identity)).toBe(failure);
  });

  test("end with an AbortError where the signal fires between two of them", async () => {
    const controller = new AbortController();
    const service = createService(three, { abortSignal: controller.signal });
    const error = await collect(service.pages, () => controller.abort("enough")).catch(identity);
    expect(isTransportError(error)).toBe(true);
    expect(error).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(service.asked).toEqual([undefined]);
  });
});

describe("a page that is not what its model says is a ResponseError with how its call went", () => {
  const $metadata = { httpStatusCode: 200, requestId: "id", attempts: 1, totalRetryDelay: 0 };
  const answered = { name: "ResponseError", $metadata };

  test.each([["text"], [5], [{ a: 1 }]])("where its items are %j", async (items) => {
    const page = { items, $metadata } as object as Page;
    const itemsOf = (one: Page): readonly string[] | undefined => one.items;
    const iterated = iterateItems(createService([page]).pages, itemsOf, undefined);
    expect(await collect(iterated).catch(identity)).toMatchObject(answered);
  });

  test("where the map that its items come from is a list or text", async () => {
    expect(entriesOf({ a: 1 })).toEqual([["a", 1]]);
    expect(entriesOf(undefined)).toEqual([]);
    for (const map of ["text", ["a"], 5]) expect(() => entriesOf(map as never)).toThrow(TypeError);
  });

  test("where its token is one that the operation does not take", async () => {
    const page = { next: { odd: true }, $metadata } as object as Page;
    const call = async (token: unknown): Promise<Page> => {
      if (token === undefined) return page;
      throw new InvalidInputError("ListKeys", [{ path: "Token", message: "is not a string" }]);
    };
    const { pages } = createService([], { call });
    expect(await collect(pages).catch(identity)).toMatchObject(answered);
  });
});

describe("items", () => {
  const itemsOf = ({ items }: Page): readonly string[] | undefined => items;

  test("of all pages come one by one", async () => {
    const items = iterateItems(createService(three).pages, itemsOf, undefined);
    expect(await collect(items)).toEqual(["a", "b", "c"]);
  });

  test("are absent from a page that has none", async () => {
    const service = createService([{ next: "1" }, { items: ["a"] }]);
    expect(await collect(iterateItems(service.pages, itemsOf, undefined))).toEqual(["a"]);
  });

  test("end with break, and no further request is sent", async () => {
    const service = createService(three);
    for await (const item of iterateItems(service.pages, itemsOf, undefined)) {
      if (item === "b") break;
    }
    expect(service.asked).toEqual([undefined]);
  });

  test("end with an AbortError where the signal fires, even amid a page", async () => {
    const controller = new AbortController();
    const items = iterateItems(createService(three).pages, itemsOf, controller.signal);
    const seen: string[] = [];
    const error = await collect(items, (item) => {
      seen.push(item);
      controller.abort();
    }).catch(identity);
    expect(error).toMatchObject({ name: "AbortError" });
    expect(seen).toEqual(["a"]);
  });
});

async function collect<Value>(
  values: AsyncIterable<Value>,
  onValue: (value: Value) => void = () => {},
): Promise<readonly Value[]> {
  const collected: Value[] = [];
  for await (const value of values) {
    collected.push(value);
    onValue(value);
  }
  return collected;
}

function identity(error: unknown): unknown {
  return error;
}
