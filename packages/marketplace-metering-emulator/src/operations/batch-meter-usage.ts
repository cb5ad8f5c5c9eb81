import {
  type BatchMeterUsageRequest,
  type BatchMeterUsageResult,
  InvalidCustomerIdentifierException,
  InvalidLicenseException,
  InvalidProductCodeException,
  type UsageRecord,
  type UsageRecordResult,
} from "@pawprint/marketplace-metering";
import type { Call } from "../call.ts";
import { isActive } from "../directory.ts";
import type { AcceptedUsage } from "../journal.ts";
import type { Agreement, Customer, Product } from "../seed.ts";
import { checkDimension, findProduct, isMeteredByLicense } from "./product.ts";
import { checkAllocations, printAllocations } from "./usage-allocations.ts";
import { readQuantity } from "./usage-quantity.ts";
import { checkMonthEnd, checkUsageWindow, startOfPeriod } from "./usage-window.ts";

/**
 * One bad record fails the batch before anything is recorded. What is left is answered record by
 * record.
 */
export function batchMeterUsage(
  { UsageRecords, ProductCode }: BatchMeterUsageRequest,
  call: Call,
  isUnprocessed: (record: UsageRecord) => boolean = () => false,
): BatchMeterUsageResult {
  const subjects = UsageRecords.map((record) => readSubject(record, ProductCode, call));
  checkProducts(subjects, call);
  const accepted: AcceptedUsage[] = [];
  const Results: UsageRecordResult[] = [];
  const UnprocessedRecords: UsageRecord[] = [];
  for (const subject of subjects) {
    if (isUnprocessed(subject.record)) UnprocessedRecords.push(subject.record);
    else Results.push(record(subject, accepted, call));
  }
  call.ledger.accept(accepted);
  return { Results, UnprocessedRecords };
}

/** A record with what it is about. */
interface Subject {
  readonly record: UsageRecord;
  readonly product: Product;
  /** Absent where nobody with that account is known. */
  readonly customer: Customer | undefined;
  readonly agreement: Agreement | undefined;
  readonly quantity: number;
}

function checkProducts(subjects: readonly Subject[], { rules, now }: Call): void {
  const most = rules.number("batch-meter-usage-size", "productsPerRequest", now) ?? Infinity;
  const codes = new Set(subjects.map(({ product }) => product.productCode));
  if (codes.size <= most) return;
  throw new InvalidProductCodeException({
    message: `The records are of ${codes.size} products (${[...codes].join(", ")}), and a request may cover ${most}.`,
  });
}

function readSubject(usage: UsageRecord, productCode: string | undefined, call: Call): Subject {
  const license = usage.LicenseArn === undefined ? undefined : findLicense(usage.LicenseArn, call);
  const product = selectProduct(usage, productCode, license, call);
  const customer = findCustomer(usage, product, call);
  if (license !== undefined && license.customerAccount !== customer?.accountId) {
    throw new InvalidLicenseException({
      message: `The licence ${usage.LicenseArn} is not one of ${usage.CustomerAWSAccountId ?? usage.CustomerIdentifier}.`,
    });
  }
  checkDimension(usage.Dimension, product);
  checkUsageWindow(usage.Timestamp, call, "batch-meter-usage-window");
  checkMonthEnd(usage.Timestamp, call);
  const quantity = readQuantity(usage.Quantity, call);
  checkAllocations(usage.UsageAllocations, quantity, call);
  const agreement =
    license ??
    (customer &&
      call.directory.findAgreement(product.productCode, customer.accountId, usage.Timestamp));
  return { record: usage, product, customer, agreement, quantity };
}

/** The product that usage is of: older ones are named by the request, newer ones by the record's licence. */
function selectProduct(
  { LicenseArn }: UsageRecord,
  productCode: string | undefined,
  license: Agreement | undefined,
  call: Call,
): Product {
  const code = productCode ?? license?.productCode;
  if (code === undefined) {
    throw new InvalidProductCodeException({
      message: "The request has no ProductCode, and a record has no LicenseArn.",
    });
  }
  const product = findProduct(code, call);
  if (product.sellerAccount !== call.caller.accountId) {
    throw new InvalidProductCodeException({
      message: `The product ${code} is not one of the account ${call.caller.accountId}.`,
    });
  }
  if (productCode !== undefined && isMeteredByLicense(product, call)) {
    throw new InvalidProductCodeException({
      message: `The product ${code} is metered by LicenseArn, without ProductCode.`,
    });
  }
  if (license !== undefined && license.productCode !== code) {
    throw new InvalidLicenseException({ message: `${LicenseArn} is no licence of ${code}.` });
  }
  return product;
}

function findLicense(licenseArn: string, { directory }: Call): Agreement {
  const agreement = directory.agreementByLicense(licenseArn);
  if (agreement !== undefined) return agreement;
  throw new InvalidLicenseException({ message: `There is no licence ${licenseArn}.` });
}

/** An identifier that nobody has fails the batch; an account that nobody has is only not subscribed. */
function findCustomer(
  { CustomerIdentifier, CustomerAWSAccountId }: UsageRecord,
  product: Product,
  call: Call,
): Customer | undefined {
  const { directory, rules, now } = call;
  const isExclusive = rules.holds("customer-identifier-or-account", "mutuallyExclusive", now);
  if (isExclusive && CustomerIdentifier !== undefined && CustomerAWSAccountId !== undefined) {
    throw invalidCustomer("A record has both CustomerIdentifier and CustomerAWSAccountId.");
  }
  if (CustomerAWSAccountId !== undefined) return directory.customers.get(CustomerAWSAccountId);
  if (CustomerIdentifier === undefined) {
    throw invalidCustomer("A record has neither CustomerIdentifier nor CustomerAWSAccountId.");
  }
  if (isMeteredByLicense(product, call)) {
    throw invalidCustomer(`${product.productCode} is metered by CustomerAWSAccountId.`);
  }
  const customer = directory.customerByIdentifier(CustomerIdentifier);
  if (customer !== undefined) return customer;
  throw invalidCustomer(`There is no customer ${JSON.stringify(CustomerIdentifier)}.`);
}

function invalidCustomer(message: string): InvalidCustomerIdentifierException {
  return new InvalidCustomerIdentifierException({ message });
}

/** What becomes of one record. What it adds to the ledger waits for the end of the batch. */
function record(subject: Subject, accepted: AcceptedUsage[], call: Call): UsageRecordResult {
  const { record: UsageRecord, product, customer, agreement, quantity } = subject;
  if (customer === undefined || !agreement || !isActive(agreement, UsageRecord.Timestamp)) {
    return { UsageRecord, Status: "CustomerNotSubscribed" };
  }
  const key = createKey(subject, customer, call);
  const earlier = accepted.find((one) => one.key === key) ?? call.ledger.findByKey(key);
  if (earlier !== undefined) {
    const isSame =
      earlier.quantity === quantity &&
      printAllocations(earlier.allocations) === printAllocations(UsageRecord.UsageAllocations);
    return isSame
      ? { UsageRecord, MeteringRecordId: earlier.meteringRecordId, Status: "Success" }
      : { UsageRecord, Status: "DuplicateRecord" };
  }
  const meteringRecordId = call.createId();
  accepted.push({
    meteringRecordId,
    key,
    operation: "BatchMeterUsage",
    productCode: product.productCode,
    customerAccount: customer.accountId,
    licenseArn: UsageRecord.LicenseArn,
    dimension: UsageRecord.Dimension,
    timestamp: UsageRecord.Timestamp.toISOString(),
    quantity,
    allocations: UsageRecord.UsageAllocations,
    region: call.region,
    acceptedAt: call.now.toISOString(),
  });
  return { UsageRecord, MeteringRecordId: meteringRecordId, Status: "Success" };
}

/** With a licence usage is counted apart from usage without: sent both ways, it is billed twice. */
function createKey({ record: usage, product }: Subject, customer: Customer, call: Call): string {
  const { rules, now } = call;
  const perRegion = rules.holds("batch-meter-usage-deduplication-region", "perRegion", now);
  const hours = rules.number("batch-meter-usage-deduplication", "periodHours", now);
  return JSON.stringify([
    "BatchMeterUsage",
    perRegion ? call.region : "",
    product.productCode,
    customer.accountId,
    usage.LicenseArn ?? "",
    usage.Dimension,
    hours === undefined ? call.createId() : startOfPeriod(usage.Timestamp, hours),
  ]);
}
