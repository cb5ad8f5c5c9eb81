import {
  isPaginationError,
  KitchenSinkClient,
  listNodesItems,
  listTotalsItems,
  type MetadataBearer,
  type Tree,
} from "@pawprint/kitchen-sink";
import { createTransport } from "@pawprint/kitchen-sink-edge";
import { mockKitchenSink } from "@pawprint/kitchen-sink-mocks";
import { KitchenSink } from "@pawprint/kitchen-sink-node";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const mock = mockKitchenSink();
const server = setupServer(...mock.handlers);
const options = {
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
};
const transport = createTransport(options);

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => mock.reset());
afterAll(() => server.close());

const first: Tree = { Value: new Date(0) };
const second: Tree = { Value: new Date(1000) };
const third: Tree = { Children: [] };

/** Three pages: the second is empty, and says so in two ways. */
function giveThreePages(): void {
  mock.listNodes.replies(({ Marker }) => {
    if (Marker === undefined) return { Page: { Next: "2", Nodes: [first, second] } };
    return Marker === "2" ? { Page: { Next: "3" } } : { Page: { Next: "", Nodes: [third] } };
  });
}

describe.each([
  ["node", () => new KitchenSink(options)],
  ["edge", () => new KitchenSinkClient(transport)],
] as const)("over the %s transport", (_name, createClient) => {
  test("items deep in the output come from all pages, as typed values", async () => {
    giveThreePages();
    const items: readonly Tree[] = await collect(createClient().listNodesItems({ Limit: 2 }));
    expect(items).toEqual([first, second, third]);
    expect(mock.listNodes.calls.map(({ input }) => input)).toEqual([
      { Limit: 2 },
      { Limit: 2, Marker: "2" },
      { Limit: 2, Marker: "3" },
    ]);
  });

  test("pages carry their metadata", async () => {
    giveThreePages();
    const pages: readonly MetadataBearer[] = await collect(createClient().listNodesPages());
    expect(pages.map(({ $metadata }) => $metadata.httpStatusCode)).toEqual([200, 200, 200]);
  });

  test("the entries of a map come as keys and values", async () => {
    mock.listTotals.resolvesOnce({ Totals: { one: 1, two: 2 }, Next: "2" });
    mock.listTotals.resolvesOnce({ Totals: { three: 3 } });
    const items: readonly [string, number][] = await collect(createClient().listTotalsItems());
    expect(items).toEqual([
      ["one", 1],
      ["two", 2],
      ["three", 3],
    ]);
  });

  test("tokens that are maps go back as they came", async () => {
    mock.listByKey.resolvesOnce({ Last: { early: new Date(5000), never: null } });
    mock.listByKey.resolvesOnce({ Last: {} });
    await collect(createClient().listByKeyPages());
    expect(mock.listByKey.calls.map(({ input }) => input.Start)).toEqual([
      undefined,
      { early: new Date(5000), never: null },
    ]);
  });
});

test("the mocks' default answer is the only page", async () => {
  await collect(listNodesItems(transport));
  expect(mock.listNodes.calls).toHaveLength(1);
});

test("a caller's own token is where the pages start", async () => {
  giveThreePages();
  expect(await collect(listNodesItems(transport, { Marker: "3" }))).toEqual([third]);
});

test("a token that comes back for its own page ends the pages", async () => {
  mock.listTotals.resolves({ Totals: { one: 1 }, Next: "tail" });
  expect(await collect(listTotalsItems(transport))).toHaveLength(2);
});

test("tokens that go round in a circle end in an error", async () => {
  mock.listTotals.replies(({ Marker }) => ({ Totals: {}, Next: Marker === "a" ? "b" : "a" }));
  const error = await collect(listTotalsItems(transport)).catch(identity);
  expect(isPaginationError(error)).toBe(true);
});

test("a loop that is left sends nothing more", async () => {
  giveThreePages();
  for await (const item of listNodesItems(transport)) {
    expect(item).toEqual(first);
    break;
  }
  expect(mock.listNodes.calls).toHaveLength(1);
});

test("an aborted signal ends the loop", async () => {
  giveThreePages();
  const controller = new AbortController();
  const seen: Tree[] = [];
  const error = await collect(
    listNodesItems(transport, {}, { abortSignal: controller.signal }),
    (item) => {
      seen.push(item);
      if (seen.length === 2) controller.abort();
    },
  ).catch(identity);
  expect(error).toMatchObject({ name: "AbortError" });
  expect(seen).toHaveLength(2);
  expect(mock.listNodes.calls).toHaveLength(1);
});

test("input that breaks the model is refused at the first page", async () => {
  // @ts-expect-error: a limit is a number
  const error = await collect(listNodesItems(transport, { Limit: "2" })).catch(identity);
  expect(error).toMatchObject({ name: "InvalidInputError" });
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
