import {
  type BatchMeterUsageRequest,
  InternalServiceErrorException,
  ThrottlingException,
  UnmodeledServiceError,
} from "@pawprint/marketplace-metering";
import {
  type MarketplaceMeteringMock,
  mockMarketplaceMetering,
} from "@pawprint/marketplace-metering-mocks";
import { rules as overlayRules } from "@pawprint/marketplace-metering-mocks/rules";
import { createRandom, type DatedRule, type MockCall } from "@pawprint/runtime/mocks";
import { getResponse, type HttpHandler, http } from "msw";
import { type Assumptions, defaultAssumptions, findAssumptionProblems } from "./assumptions.ts";
import type { Call } from "./call.ts";
import { type Clock, systemClock } from "./clock.ts";
import { Directory } from "./directory.ts";
import { type Fault, type FaultKind, Faults, type OperationName } from "./faults.ts";
import { type AcceptedUsage, type Journal, MemoryJournal } from "./journal.ts";
import { InvalidJsonError } from "./json-problems.ts";
import { Ledger } from "./ledger.ts";
import { batchMeterUsage } from "./operations/batch-meter-usage.ts";
import { meterUsage } from "./operations/meter-usage.ts";
import { registerUsage } from "./operations/register-usage.ts";
import { resolveCustomer } from "./operations/resolve-customer.ts";
import { summarize } from "./output-summary.ts";
import { checkSeed } from "./read-seed.ts";
import { createRecordId } from "./record-id.ts";
import { describeHeaders, type LoggedRequest, RequestLog, targetPrefix } from "./request-log.ts";
import { RequestQuota } from "./request-quota.ts";
import { RuleBook } from "./rule-book.ts";
import type { Caller, Seed } from "./seed.ts";
import { type KeyStore, SigningKeys } from "./signing-keys.ts";
import { slowDown } from "./slow-body.ts";

/** What an emulator knows and does, all of which may be left out. */
export interface EmulatorOptions {
  /** Products, customers, agreements, tokens and callers. Default: none, so that every code is unknown. */
  readonly seed?: Seed | undefined;
  /** Default: the time of this machine. */
  readonly clock?: Clock | undefined;
  /** Faults and record ids follow from it: the same for the same calls. Default: 1. */
  readonly randomSeed?: number | undefined;
  /** What goes wrong. Default: nothing. */
  readonly faults?: readonly Fault[] | undefined;
  /** Where accepted usage is kept. Default: in memory. */
  readonly journal?: Journal | undefined;
  /** Where key pairs that the seed does not give are kept. Default: in memory. */
  readonly keyStore?: KeyStore | undefined;
  /** What AWS's texts leave open. */
  readonly assumptions?: Partial<Assumptions> | undefined;
  /** Dated rules of the service. Default: those that its packages were generated with. */
  readonly rules?: readonly DatedRule[] | undefined;
  /** Whether an account may only send so many requests a second. Default: `true`. */
  readonly quotas?: boolean | undefined;
  /**
   * Who signs with a key that the seed does not name. Default: the seller of the first product, from
   * anywhere. `null`: nobody, and the request is refused.
   */
  readonly defaultCaller?: Omit<Caller, "accessKeyId"> | null | undefined;
  /**
   * Whether each request must be signed by a caller of the seed that has a `secretAccessKey`.
   * Default: `false`, and whoever a request names is believed to be its sender.
   */
  readonly verifySignatures?: boolean | undefined;
  /** How many calls of each operation and how many requests are kept. Default: 1,000. */
  readonly keptRequests?: number | undefined;
  /** Gets each request as soon as its answer is known; behind a socket, also what the server refused by itself. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
}

/** What the emulator knows at a moment. Private keys and secrets are left out. */
export interface EmulatorState {
  /** ISO 8601. */
  readonly now: string;
  readonly usage: readonly AcceptedUsage[];
  readonly faults: readonly Fault[];
  readonly seed: Required<Seed>;
}

/** A Marketplace Metering service in this process. */
export interface MeteringEmulator {
  /** For msw: `setupServer(...emulator.handlers)`. Requests of other services are left alone. */
  readonly handlers: readonly HttpHandler[];
  /** The mocks that the emulator answers through: what arrived is in their `calls`. */
  readonly mock: MarketplaceMeteringMock;
  /** The one that was given, or that of this machine. `clockSkew` is not in it. */
  readonly clock: Clock;
  /** What goes wrong, to switch on and off while it runs. */
  readonly faults: Faults;
  /** Products, customers, agreements, tokens and callers, to add to while it runs. */
  readonly directory: Directory;
  /** The latest requests, oldest first, with what became of them. */
  readonly requests: readonly LoggedRequest[];
  /**
   * Answers whatever request there is, as the service would. An answer that never comes is a promise
   * that stays open until the request is aborted; a broken connection is `Response.error()`.
   */
  respond(request: Request): Promise<Response>;
  /** What it knows now. What happens later changes nothing in it. */
  state(): EmulatorState;
  /** The PEM of the public key that checks `RegisterUsage`'s tokens, as the Marketplace portal shows it. */
  publicKey(productCode: string, version?: number): Promise<string>;
  /**
   * Makes it what it was at the start: no usage, calls or requests, the first seed, the first faults.
   * The clock stays where it is.
   */
  reset(): void;
}

/**
 * Makes a Marketplace Metering service that keeps the rules of the real one, as far as they are known.
 * Throws an `InvalidJsonError` for a seed or assumptions, and a `RangeError` for faults, that cannot be.
 */
export function createMeteringEmulator(options: EmulatorOptions = {}): MeteringEmulator {
  return new Emulator(options);
}

/** What is known of a request beyond its answer. */
interface Outcome {
  fault?: Fault;
  summary?: string;
}

class Emulator implements MeteringEmulator {
  readonly mock: MarketplaceMeteringMock;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly directory: Directory;
  readonly handlers: readonly HttpHandler[];
  readonly #options: EmulatorOptions;
  readonly #assumptions: Assumptions;
  readonly #rules: RuleBook;
  readonly #ledger: Ledger;
  readonly #quota = new RequestQuota();
  readonly #keys: SigningKeys;
  readonly #log: RequestLog;
  readonly #outcomes = new Map<string, Outcome>();
  #createId: () => string;

  constructor(options: EmulatorOptions) {
    const { seed = {}, randomSeed = 1, keptRequests = 1_000, verifySignatures = false } = options;
    this.#options = options;
    checkSeed(seed);
    const problems = findAssumptionProblems(options.assumptions ?? {});
    if (problems.length > 0) throw new InvalidJsonError("the assumptions are wrong", problems);
    this.#assumptions = { ...defaultAssumptions, ...options.assumptions };
    this.#rules = new RuleBook(options.rules ?? overlayRules);
    this.#ledger = new Ledger(options.journal ?? new MemoryJournal());
    this.#keys = new SigningKeys(options.keyStore);
    this.#log = new RequestLog(keptRequests);
    this.clock = options.clock ?? systemClock;
    this.directory = new Directory(seed);
    this.faults = new Faults(() => createRandom(randomSeed, "faults"), options.faults);
    this.#createId = this.#countIds();
    this.mock = mockMarketplaceMetering({
      clock: () => this.#now(),
      keptCalls: keptRequests,
      ...(verifySignatures && {
        credentials: (accessKeyId) => findIdentity(this.directory, accessKeyId),
      }),
    });
    this.handlers = [http.all(isOfService, ({ request }) => this.respond(request))];
    this.#answer();
  }

  get requests(): readonly LoggedRequest[] {
    return this.#log.requests;
  }

  async respond(request: Request): Promise<Response> {
    const started = performance.now();
    const response = await getResponse([...this.mock.handlers, this.mock.fallback], request);
    if (response === undefined) throw new TypeError("the fallback answers every request");
    const requestId = response.headers.get("x-amzn-requestid") ?? "";
    const { fault, summary } = this.#outcomes.get(requestId) ?? {};
    this.#outcomes.delete(requestId);
    const breaks = fault !== undefined && breakingFaults.has(fault.kind);
    const status = breaks || response.type === "error" ? undefined : response.status;
    const error = response.headers.get("x-amzn-errortype") ?? undefined;
    const logged: LoggedRequest = {
      ...describeHeaders((name) => request.headers.get(name)),
      at: this.#now().toISOString(),
      status,
      error,
      fault: fault?.kind,
      summary: error === undefined ? (summary ?? "") : await readErrorMessage(response),
      requestId,
      milliseconds: performance.now() - started,
    };
    this.#log.add(logged);
    this.#options.onRequest?.(logged);
    if (fault?.kind === "hang") return untilAborted(request.signal);
    if (breaks) return Response.error();
    if (fault?.kind !== "slow") return response;
    return slowDown(response, fault.milliseconds ?? 1_000);
  }

  state(): EmulatorState {
    const { products, customers, agreements, tokens, callers } = this.directory;
    return {
      now: this.#now().toISOString(),
      usage: [...this.#ledger.usage],
      faults: this.faults.current,
      seed: {
        products: [...products.values()].map(({ keys, ...product }) => ({
          ...product,
          ...(keys && { keys: keys.map(({ privateKey: _, ...key }) => key) }),
        })),
        customers: [...customers.values()],
        agreements: [...agreements],
        tokens: [...tokens.values()],
        callers: [...callers.values()].map(({ secretAccessKey: _, ...caller }) => caller),
      },
    };
  }

  async publicKey(productCode: string, version = 1): Promise<string> {
    const product = this.directory.products.get(productCode);
    if (product === undefined) throw new RangeError(`there is no product ${productCode}`);
    return (await this.#keys.find(product, version)).publicKey;
  }

  reset(): void {
    this.#ledger.clear();
    this.#quota.clear();
    this.#log.clear();
    this.#createId = this.#countIds();
    this.directory.restart(this.#options.seed ?? {});
    this.faults.restart(this.#options.faults);
    this.mock.reset();
    this.#answer();
  }

  #now(): Date {
    return new Date(this.clock.now().getTime() + this.faults.clockSkew);
  }

  /** Records of an earlier process have numbers, too. */
  #countIds(): () => string {
    let count = this.#ledger.usage.length;
    const random = createRandom(this.#options.randomSeed ?? 1, `ids after ${count}`);
    return () => {
      count += 1;
      return createRecordId(random, count);
    };
  }

  #answer(): void {
    const { mock } = this;
    mock.batchMeterUsage.replies((input, call) =>
      this.#run("BatchMeterUsage", call, (context) => {
        this.#checkSize(call, context);
        return batchMeterUsage(
          input,
          context,
          () => this.faults.draw("unprocessed", "BatchMeterUsage") !== undefined,
        );
      }),
    );
    mock.meterUsage.replies((input, call) =>
      this.#run("MeterUsage", call, (context) => meterUsage(input, context)),
    );
    mock.registerUsage.replies((input, call) =>
      this.#run("RegisterUsage", call, (context) => registerUsage(input, context, this.#keys)),
    );
    mock.resolveCustomer.replies((input, call) =>
      this.#run("ResolveCustomer", call, (context) => resolveCustomer(input, context)),
    );
  }

  /** What all operations have in common: who calls, how often, and what goes wrong on the way. */
  async #run<Output extends object>(
    operation: OperationName,
    arrived: MockCall<object>,
    work: (call: Call) => Output | Promise<Output>,
  ): Promise<Output | Response> {
    const { requestId } = arrived;
    const outcome: Outcome = {};
    this.#outcomes.set(requestId, outcome);
    /** Faults of the connection happen outside of the mocks, which know nothing of it. */
    const happens = (kind: FaultKind): boolean => {
      const fault = this.faults.draw(kind, operation);
      if (fault !== undefined) outcome.fault = fault;
      return fault !== undefined;
    };
    const call = this.#describe(arrived);
    happens("slow");
    if (happens("hang") || happens("reset")) {
      outcome.summary = "nothing was recorded";
      return unanswered(requestId);
    }
    if (happens("internalError")) {
      throw new InternalServiceErrorException({ message: "This error was asked for." });
    }
    if (happens("throttle")) {
      throw new ThrottlingException({ message: "This error was asked for." });
    }
    this.#checkQuota(operation, call);
    const output = await work(call);
    outcome.summary = summarize(output);
    return happens("lostAnswer") ? unanswered(requestId) : output;
  }

  #describe({ accessKeyId = "", region = "us-east-1" }: MockCall<object>): Call {
    const { directory } = this;
    const caller = directory.callers.get(accessKeyId) ?? this.#defaultCaller(accessKeyId);
    return {
      directory,
      ledger: this.#ledger,
      rules: this.#rules,
      caller: {
        region,
        credentials: "longTermKeys",
        workload: accessKeyId,
        ...caller,
      },
      region,
      now: this.#now(),
      options: this.#assumptions,
      createId: () => this.#createId(),
    };
  }

  #defaultCaller(accessKeyId: string): Caller {
    const [product] = this.directory.products.values();
    const { defaultCaller = { accountId: product?.sellerAccount ?? "000000000000" } } =
      this.#options;
    if (defaultCaller !== null) return { accessKeyId, ...defaultCaller };
    throw new UnmodeledServiceError("UnrecognizedClientException", "client", {
      message: "The security token included in the request is invalid.",
    });
  }

  #checkQuota(operation: OperationName, { caller, region, rules, now }: Call): void {
    const id = quotaRules[operation];
    if (id === undefined || this.#options.quotas === false) return;
    const perSecond = rules.number(id, "requestsPerSecond", now);
    if (perSecond === undefined) return;
    const key = JSON.stringify([operation, caller.accountId, region]);
    if (this.#quota.allows(key, perSecond, now)) return;
    throw new ThrottlingException({ message: `More than ${perSecond} requests in a second.` });
  }

  /** The model says how many records there may be, and only the documentation how large a request. */
  #checkSize({ bodyLength }: MockCall<BatchMeterUsageRequest>, { rules, now }: Call): void {
    const megabytes = rules.number("batch-meter-usage-size", "requestBelowMegabytes", now);
    if (megabytes === undefined || bodyLength < megabytes * 1_000_000) return;
    throw new UnmodeledServiceError("ValidationException", "client", {
      message: `The request has ${bodyLength} bytes, and must be smaller than ${megabytes} MB.`,
    });
  }
}

const quotaRules: { readonly [operation in OperationName]?: string } = {
  BatchMeterUsage: "batch-meter-usage-quota",
  MeterUsage: "meter-usage-quota",
  RegisterUsage: "register-usage-quota",
};

const breakingFaults: ReadonlySet<FaultKind> = new Set(["hang", "lostAnswer", "reset"]);

function isOfService({ request: { headers } }: { readonly request: Request }): boolean {
  return headers.get("x-amz-target")?.startsWith(targetPrefix) === true;
}

function unanswered(requestId: string): Response {
  return new Response(null, { headers: { "x-amzn-requestid": requestId } });
}

function untilAborted(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(Response.error()), { once: true });
  });
}

function findIdentity(
  { callers }: Directory,
  accessKeyId: string,
): { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined {
  const { secretAccessKey } = callers.get(accessKeyId) ?? {};
  return secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
}

async function readErrorMessage(response: Response): Promise<string> {
  const { message } = (await response.clone().json()) as { readonly message?: string };
  return message ?? "";
}
