import type { Agreement, Caller, Customer, Product, RegistrationToken, Seed } from "./seed.ts";

/** Who and what the emulator knows beside usage: products, customers, agreements, tokens, callers. */
export class Directory {
  readonly products: Map<string, Product> = new Map();
  readonly customers: Map<string, Customer> = new Map();
  readonly agreements: Agreement[] = [];
  readonly tokens: Map<string, RegistrationToken> = new Map();
  readonly callers: Map<string, Caller> = new Map();

  constructor(seed: Seed) {
    this.add(seed);
  }

  /** Forgets everything, and begins with another seed. */
  restart(seed: Seed): void {
    for (const known of [this.products, this.customers, this.tokens, this.callers]) known.clear();
    this.agreements.length = 0;
    this.add(seed);
  }

  /** Adds all of it. What has the same id takes the place of what is there. */
  add({ products = [], customers = [], agreements = [], tokens = [], callers = [] }: Seed): void {
    for (const one of products) this.products.set(one.productCode, one);
    for (const one of customers) this.customers.set(one.accountId, one);
    for (const one of tokens) this.tokens.set(one.token, one);
    for (const one of callers) this.callers.set(one.accessKeyId, one);
    for (const one of agreements) {
      const place = this.agreements.findIndex((other) => isSameAgreement(other, one));
      if (place < 0) this.agreements.push(one);
      else this.agreements[place] = one;
    }
  }

  /** Who older products call so. */
  customerByIdentifier(identifier: string): Customer | undefined {
    return [...this.customers.values()].find((one) => one.customerIdentifier === identifier);
  }

  /** What a licence stands for. */
  agreementByLicense(licenseArn: string): Agreement | undefined {
    return this.agreements.find((one) => one.licenseArn === licenseArn);
  }

  /** The agreement between a customer and a product that holds at a time. */
  findAgreement(productCode: string, customerAccount: string, at: Date): Agreement | undefined {
    return this.agreements.find(
      (one) =>
        one.productCode === productCode &&
        one.customerAccount === customerAccount &&
        isActive(one, at),
    );
  }
}

/** A licence is an agreement's own; without one, customer, product and start are. */
function isSameAgreement(one: Agreement, other: Agreement): boolean {
  if (one.licenseArn !== undefined || other.licenseArn !== undefined) {
    return one.licenseArn === other.licenseArn;
  }
  return (
    one.productCode === other.productCode &&
    one.customerAccount === other.customerAccount &&
    one.startsAt === other.startsAt
  );
}

export function isActive({ startsAt, endsAt }: Agreement, at: Date): boolean {
  return (
    (startsAt === undefined || Date.parse(startsAt) <= at.getTime()) &&
    (endsAt === undefined || at.getTime() < Date.parse(endsAt))
  );
}
