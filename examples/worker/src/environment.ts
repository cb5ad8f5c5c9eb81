import type { UsageLedger } from "./usage-ledger.ts";

/** What `wrangler.json` binds, and what `wrangler secret put` adds. */
export interface Environment {
  /** The one ledger of this product: a Durable Object, so that what is recorded lasts. */
  readonly LEDGER: DurableObjectNamespace<UsageLedger>;
  readonly AWS_REGION: string;
  /** The code of this product: whoever registers for another one is at the wrong door. */
  readonly PRODUCT_CODE: string;
  /** Where a buyer goes after registration: the page that makes the account. */
  readonly SIGN_UP_URL: string;
  /** Where the mocks listen. Leave it out, and requests go to AWS. */
  readonly METERING_ENDPOINT?: string;
  /** Secret: an IAM user that may do `aws-marketplace:BatchMeterUsage` and `ResolveCustomer`, and nothing else. */
  readonly AWS_ACCESS_KEY_ID: string;
  /** Secret. */
  readonly AWS_SECRET_ACCESS_KEY: string;
  /** Secret: what your services send as `Authorization: Bearer …` when they report usage. */
  readonly USAGE_TOKEN: string;
}
