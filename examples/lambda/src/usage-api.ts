/** What one customer used of one dimension in one hour, added up. */
export interface HourlyUsage {
  /** The customer's AWS account, as `ResolveCustomer` gave it at registration. */
  readonly account: string;
  readonly dimension: string;
  /** The full hour, such as `2026-11-25T10:00:00Z`. */
  readonly hour: string;
  readonly quantity: number;
}

/** What the service said of it, for good. */
export interface SettledUsage extends HourlyUsage {
  /** `Success`: billed. Anything else: not billed, and never to be sent again. */
  readonly status: string;
  readonly detail: string;
}

/**
 * The part of your back end that knows what customers used. Put your database here instead, as long
 * as it keeps what the two methods promise: money depends on it.
 */
export class UsageApi {
  private readonly url: string;
  private readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /**
   * All usage of hours before this moment that is not settled. To ask is to seal these hours: what
   * comes in later counts in a later hour, for a quantity that has been sent can never change.
   */
  async readUnsettled(before: Date): Promise<readonly HourlyUsage[]> {
    const response = await this.request("GET", `/unsettled?before=${before.toISOString()}`);
    return (await response.json()) as readonly HourlyUsage[];
  }

  /** Keeps what is settled. It may come twice; it is the same both times. */
  async settle(usage: readonly SettledUsage[]): Promise<void> {
    await this.request("POST", "/settled", JSON.stringify(usage));
  }

  private async request(method: string, path: string, body?: string): Promise<Response> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      signal: AbortSignal.timeout(10_000),
      ...(body !== undefined && { body }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: the usage API answers ${response.status}`);
    return response;
  }
}
