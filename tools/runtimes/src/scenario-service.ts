import { ThrottlingException, TimestampOutOfBoundsException } from "@pawprint/marketplace-metering";
import {
  type MarketplaceMeteringMock,
  mockMarketplaceMetering,
} from "@pawprint/marketplace-metering-mocks";
import { getResponse } from "msw";
import { findSignatureProblem } from "./signature.ts";

/** What the service does in one step of the scenario, and what must have arrived. */
interface ServiceStep {
  readonly prepare?: (mock: MarketplaceMeteringMock) => void;
  /** What is wrong with what arrived; best nothing. */
  readonly check: (mock: MarketplaceMeteringMock) => readonly string[];
}

const never = (): Promise<never> => new Promise(() => {});

const steps: { readonly [name: string]: ServiceStep } = {
  "batch-meter-usage": {
    prepare: (mock) =>
      mock.batchMeterUsage.replies(({ UsageRecords }) => ({
        Results: UsageRecords.map((UsageRecord) => ({ UsageRecord, Status: "Success" })),
        UnprocessedRecords: [],
      })),
    check: ({ batchMeterUsage: { calls } }) => [
      ...compare("requests", calls.length, 1),
      ...compare("Region", calls[0]?.region, "eu-west-1"),
      ...compare("Dimension", calls[0]?.input.UsageRecords[0]?.Dimension, "Bénutzer 😀"),
    ],
  },
  "meter-usage": {
    check: ({ meterUsage: { calls } }) => [
      ...compare("requests", calls.length, 1),
      ...compare("whether ClientToken is a UUID", isUuid(calls[0]?.input.ClientToken), true),
      ...compare("Timestamp", calls[0]?.input.Timestamp?.toISOString(), "2026-07-01T10:00:00.000Z"),
    ],
  },
  "register-usage": {
    check: ({ registerUsage: { calls } }) => compare("requests", calls.length, 1),
  },
  "resolve-customer": {
    check: ({ resolveCustomer: { calls } }) => compare("requests", calls.length, 1),
  },
  "typed-error": {
    prepare: (mock) =>
      mock.meterUsage.rejects(new TimestampOutOfBoundsException({ message: "too old" })),
    check: ({ meterUsage: { calls } }) => compare("requests", calls.length, 1),
  },
  retry: {
    prepare: (mock) =>
      mock.meterUsage.rejectsOnce(new ThrottlingException({ message: "slow down" })),
    check: ({ meterUsage: { calls } }) => [
      ...compare(
        "attempts",
        calls.map(({ attempt }) => attempt),
        [1, 2],
      ),
      ...compare("ClientTokens", count(calls.map(({ input }) => input.ClientToken)), 1),
      ...compare(
        "invocation ids",
        count(calls.map(({ headers }) => headers.get("amz-sdk-invocation-id"))),
        1,
      ),
    ],
  },
  "time-out": {
    prepare: (mock) => mock.meterUsage.replies(never),
    check: () => [],
  },
  abort: {
    prepare: (mock) => mock.meterUsage.replies(never),
    check: () => [],
  },
  "parallel-calls": {
    prepare: (mock) =>
      mock.meterUsage.replies(({ UsageQuantity }) => ({
        MeteringRecordId: `record-${UsageQuantity}`,
      })),
    check: ({ meterUsage: { calls } }) => [
      ...compare("requests", calls.length, 200),
      ...compare("ClientTokens", count(calls.map(({ input }) => input.ClientToken)), 200),
    ],
  },
};

/** The service of one run of the scenario: mocks of its own for each step. */
export class ScenarioService {
  private readonly mocks = new Map<string, MarketplaceMeteringMock>();
  private readonly signatureProblems = new Map<string, Set<string>>();

  constructor() {
    for (const [name, { prepare }] of Object.entries(steps)) {
      const mock = mockMarketplaceMetering();
      prepare?.(mock);
      this.mocks.set(name, mock);
      this.signatureProblems.set(name, new Set());
    }
  }

  /** Answers a request of a step. Nothing where there is no such step, or no such operation. */
  async answer(step: string, request: Request): Promise<Response | undefined> {
    const mock = this.mocks.get(step);
    if (mock === undefined) return undefined;
    const problem = await findSignatureProblem(request.clone());
    if (problem !== undefined) this.signatureProblems.get(step)?.add(problem);
    return getResponse([...mock.handlers], request);
  }

  /** What is wrong with the requests of a step, now that all are there; best nothing. */
  findProblems(step: string): readonly string[] {
    const mock = this.mocks.get(step);
    if (mock === undefined) return [`the service has no step ${step}`];
    return [...(steps[step]?.check(mock) ?? []), ...(this.signatureProblems.get(step) ?? [])];
  }
}

function compare(what: string, found: unknown, expected: unknown): readonly string[] {
  const [actual, wanted] = [JSON.stringify(found), JSON.stringify(expected)];
  return actual === wanted ? [] : [`${what} that arrived: expected ${wanted}, found ${actual}`];
}

function count(values: readonly unknown[]): number {
  return new Set(values).size;
}

function isUuid(text: string | undefined): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? "");
}
