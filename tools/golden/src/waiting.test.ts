import {
  type GetJobOutput,
  isWaiterError,
  KitchenSinkClient,
  NoSuchJob,
  Throttled,
  waitUntilJobAnswered,
  waitUntilJobComplete,
  waitUntilJobDone,
  waitUntilJobGone,
  waitUntilJobSettled,
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
const quick = { maxWaitTime: 5, minDelay: 0.001, maxDelay: 0.002 };
const hasty = { ...quick, maxWaitTime: 0.05 };
const input = { Id: "job" };

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => mock.reset());
afterAll(() => server.close());

type Job = NonNullable<GetJobOutput["Job"]>;
type Step = NonNullable<Job["Steps"]>[number];

/** Answers the calls with these, the last of them again and again. */
function answer(...answers: readonly (Error | Job)[]): void {
  mock.getJob.replies(() => {
    const job = answers[Math.min(mock.getJob.calls.length, answers.length) - 1];
    if (job instanceof Error) throw job;
    return { Id: "job", ...(job && { Job: job }) };
  });
}

function step(members: Partial<Step> = {}): Step {
  return { Wanted: 1, ...members };
}

describe.each([
  ["node", () => new KitchenSink(options)],
  ["edge", () => new KitchenSinkClient(transport)],
] as const)("over the %s transport", (_name, createClient) => {
  test("a waiter asks until all elements of a list are as expected", async () => {
    const done = { Steps: [step({ State: "DONE" }), step({ State: "DONE" })] };
    answer(
      new NoSuchJob(),
      {},
      { Steps: [] },
      { Steps: [step({ State: "DONE" }), step({ State: "RUNNING" })] },
      done,
    );
    const { state, reason } = await createClient().waitUntilJobDone(input, quick);
    expect(state).toBe("success");
    expect(reason.Job).toEqual(done);
    expect(reason.$metadata.httpStatusCode).toBe(200);
    expect(mock.getJob.calls).toHaveLength(5);
  });

  test("a waiter fails where any element is as it must not be, with the service's words", async () => {
    answer({ Steps: [step(), step({ State: "FAILED", Reason: "no disk" })] });
    const error = await createClient().waitUntilJobDone(input, quick).catch(identity);
    expect(isWaiterError(error)).toBe(true);
    expect(error).toMatchObject({
      name: "FailureError",
      message: "JobDone: this state will not be reached any more: no disk",
      reason: { Id: "job" },
    });
  });
});

test("a member that is as it must not be ends the wait", async () => {
  answer({ State: "RUNNING" }, { State: "CANCELLED" });
  const error = await waitUntilJobDone(transport, input, quick).catch(identity);
  expect(error).toMatchObject({ name: "FailureError" });
  expect(mock.getJob.calls).toHaveLength(2);
});

test("an error may be what is waited for, and comes under its own type", async () => {
  answer({}, new NoSuchJob({ message: "gone" }));
  const { reason }: { readonly reason: NoSuchJob } = await waitUntilJobGone(
    transport,
    input,
    quick,
  );
  expect(reason).toBeInstanceOf(NoSuchJob);
});

test("an error that no acceptor knows ends the wait", async () => {
  answer(new Throttled({ message: "slow down" }));
  const error = await waitUntilJobGone(transport, input, quick).catch(identity);
  expect(error).toMatchObject({ name: "FailureError", cause: { name: "Throttled" } });
});

test("any error may be one to go on after", async () => {
  answer(new NoSuchJob(), new Throttled(), {});
  const { reason } = await waitUntilJobAnswered(transport, input, quick);
  expect(reason.Id).toBe("job");
});

describe("filters, functions and comparisons", () => {
  const settled = step({ Parts: ["p"], Done: 1 });

  test("hold where all steps have one part and are done", async () => {
    answer({}, { Steps: [settled, step({ Parts: ["p"] })] }, { Steps: [settled] });
    await waitUntilJobSettled(transport, input, quick);
    expect(mock.getJob.calls).toHaveLength(3);
  });

  test.each<[string, Step]>([
    ["a part is lost", step({ Parts: ["p", "lost"] })],
    ["there were too many tries", step({ Parts: [], Tries: 4 })],
  ])("fail where %s", async (_what, failed) => {
    answer({ Steps: [failed] });
    const error = await waitUntilJobSettled(transport, input, quick).catch(identity);
    expect(error).toMatchObject({ name: "FailureError" });
  });

  test("hold nothing against a list that is absent", async () => {
    answer({});
    const error = await waitUntilJobSettled(transport, input, hasty).catch(identity);
    expect(error).toMatchObject({ name: "TimeoutError", reason: { Id: "job" } });
  });
});

describe("a waiter that compares the input with the output", () => {
  const parts = { Id: "job", Parts: ["a", "b", "c"] };

  test("succeeds where both have as many parts", async () => {
    answer(
      {},
      { Steps: [step({ Parts: ["a"] })] },
      { Steps: [step({ Parts: ["a"] }), step({ Parts: ["b", "c"] })] },
    );
    await waitUntilJobComplete(transport, parts, quick);
    expect(mock.getJob.calls).toHaveLength(3);
  });

  test("does not take two absent lists for equally long ones", async () => {
    answer({});
    const error = await waitUntilJobComplete(transport, input, hasty).catch(identity);
    expect(error).toMatchObject({ name: "TimeoutError" });
  });

  test("succeeds with its second acceptor, too", async () => {
    mock.getJob.resolves({ Id: "other", Job: { Totals: { "all-parts": 0 } } });
    const { reason } = await waitUntilJobComplete(transport, input, quick);
    expect(reason.Id).toBe("other");
  });
});

test("a wait ends with the caller's signal", async () => {
  answer({});
  const abortSignal = AbortSignal.timeout(20);
  const waiting = waitUntilJobDone(transport, input, { maxWaitTime: 60, abortSignal });
  expect(await waiting.catch(identity)).toMatchObject({ name: "AbortError" });
});

test("input that breaks the model ends a wait as it ends a call", async () => {
  // @ts-expect-error: an id is a string
  const error = await waitUntilJobAnswered(transport, { Id: 1 }, quick).catch(identity);
  expect(error).toMatchObject({ name: "InvalidInputError" });
});

function identity(error: unknown): unknown {
  return error;
}
