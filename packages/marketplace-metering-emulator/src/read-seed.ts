import {
  batchMeterUsageRequestShape,
  usageRecordShape,
} from "@pawprint/marketplace-metering/protocol";
import type { Shape } from "@pawprint/runtime/protocol";
import type { Directory } from "./directory.ts";
import {
  at,
  InvalidJsonError,
  JsonReader,
  type MemberCheck,
  type MemberRule,
  type MemberRules,
  printValue,
} from "./json-problems.ts";
import type { Agreement, CredentialSource, Seed } from "./seed.ts";
import { checkPrivateKey } from "./signing-keys.ts";

type Element = readonly [value: { readonly [name: string]: unknown }, pointer: string];

/**
 * A seed from JSON. Throws an `InvalidJsonError` that names every problem with its JSON pointer.
 * What `known` has may be referred to, and what has the same id takes its place.
 */
export async function readSeed(json: unknown, known?: Directory): Promise<Seed> {
  const reader = new JsonReader();
  for (const [{ privateKey }, pointer] of findProblems(reader, json, known)) {
    if (typeof privateKey !== "string") continue;
    await checkPrivateKey(privateKey).catch((error: Error) => {
      reader.report(at(pointer, "privateKey"), error.message);
    });
  }
  refuseProblems(reader);
  return json as Seed;
}

/** The same for a seed that a program has made, all but what its private keys are. */
export function checkSeed(seed: Seed): void {
  const reader = new JsonReader();
  findProblems(reader, seed);
  refuseProblems(reader);
}

function refuseProblems({ problems }: JsonReader): void {
  if (problems.length > 0) throw new InvalidJsonError("the seed is wrong", problems);
}

/** Reports what is wrong with a seed to the reader. Gives the keys of its products, which are left to check. */
function findProblems(reader: JsonReader, json: unknown, known?: Directory): readonly Element[] {
  const root = reader.readObject(json, "", rootMembers) ?? {};
  const readAll = (name: string, members: MemberRules): readonly Element[] =>
    reader.readList(root[name], `/${name}`).flatMap(([value, pointer]) => {
      const object = reader.readObject(value, pointer, members);
      return object === undefined ? [] : [[object, pointer] as const];
    });
  const products = readAll("products", productMembers);
  const customers = readAll("customers", customerMembers);
  const agreements = readAll("agreements", agreementMembers);
  const tokens = readAll("tokens", tokenMembers);
  const callers = readAll("callers", callerMembers);

  refuseRepeated(reader, products, "productCode");
  refuseRepeated(reader, customers, "accountId");
  refuseRepeated(reader, customers, "customerIdentifier");
  refuseRepeated(reader, agreements, "licenseArn");
  refuseRepeated(reader, tokens, "token");
  refuseRepeated(reader, callers, "accessKeyId");
  for (const customer of customers) refuseTaken(reader, customer, known);
  const keys = products.flatMap((product) => readKeys(reader, product));

  const productCodes = [...idsOf(products, "productCode"), ...(known?.products.keys() ?? [])];
  const accounts = [...idsOf(customers, "accountId"), ...(known?.customers.keys() ?? [])];
  const subscriptions = [...agreements.map(([value]) => value), ...(known?.agreements ?? [])];
  for (const element of [...agreements, ...tokens]) {
    refuseUnknown(reader, element, "productCode", "product", productCodes);
    refuseUnknown(reader, element, "customerAccount", "customer", accounts);
  }
  for (const token of tokens) checkLicense(reader, token, subscriptions);
  for (const agreement of agreements) checkOrder(reader, agreement);
  return keys;
}

function idsOf(elements: readonly Element[], name: string): readonly unknown[] {
  return elements.map(([value]) => value[name]);
}

function refuseRepeated(reader: JsonReader, elements: readonly Element[], name: string): void {
  const first = new Map<unknown, string>();
  for (const [value, pointer] of elements) {
    const id = value[name];
    if (id === undefined) continue;
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, pointer);
    else reader.report(at(pointer, name), `${printValue(id)} is that of ${earlier}, too`);
  }
}

function refuseUnknown(
  reader: JsonReader,
  [value, pointer]: Element,
  name: string,
  what: string,
  known: readonly unknown[],
): void {
  const id = value[name];
  if (typeof id !== "string" || known.includes(id)) return;
  reader.report(at(pointer, name), `there is no ${what} ${printValue(id)}`);
}

/** An identifier stands for one customer, also where the other one was there before. */
function refuseTaken(reader: JsonReader, [value, pointer]: Element, known?: Directory): void {
  const { customerIdentifier: id, accountId } = value;
  const other = typeof id === "string" ? known?.customerByIdentifier(id) : undefined;
  if (other === undefined || other.accountId === accountId) return;
  const message = `${printValue(id)} is that of the customer ${other.accountId}, too`;
  reader.report(at(pointer, "customerIdentifier"), message);
}

/** The licence of a token is that of an agreement between the token's customer and product. */
function checkLicense(
  reader: JsonReader,
  [token, pointer]: Element,
  agreements: readonly { readonly [name in keyof Agreement]?: unknown }[],
): void {
  const { licenseArn, productCode, customerAccount } = token;
  if (typeof licenseArn !== "string") return;
  const agreement = agreements.find((one) => one.licenseArn === licenseArn);
  const report = (message: string): void => reader.report(at(pointer, "licenseArn"), message);
  if (agreement === undefined) report(`there is no agreement's licence ${printValue(licenseArn)}`);
  else if (agreement.productCode !== productCode || agreement.customerAccount !== customerAccount) {
    report(
      `is the licence of customer ${printValue(agreement.customerAccount)} for product ${printValue(agreement.productCode)}`,
    );
  }
}

function readKeys(reader: JsonReader, [product, pointer]: Element): readonly Element[] {
  const keys = reader.readList(product.keys, at(pointer, "keys")).flatMap(([value, place]) => {
    const object = reader.readObject(value, place, keyMembers);
    return object === undefined ? [] : [[object, place] as const];
  });
  refuseRepeated(reader, keys, "version");
  return keys;
}

function checkOrder(reader: JsonReader, [{ startsAt, endsAt }, pointer]: Element): void {
  if (typeof startsAt !== "string" || typeof endsAt !== "string") return;
  if (!(Date.parse(endsAt) < Date.parse(startsAt))) return;
  reader.report(at(pointer, "endsAt"), `${printValue(endsAt)} is before startsAt`);
}

const pass: MemberCheck = () => undefined;

const isText: MemberCheck = (value) =>
  typeof value === "string" && value !== "" ? undefined : "a text that is not empty";

/** What the service itself could not answer with, or be asked for, is no part of a market. */
function fits(shape: Shape | undefined, what: string): MemberCheck {
  if (shape?.type !== "string") throw new TypeError(`${what}: the model has no text for it`);
  const { min = 1, max = Infinity, pattern = /^/ } = shape;
  return (value) =>
    typeof value === "string" && value.length >= min && value.length <= max && pattern.test(value)
      ? undefined
      : what;
}

const recordMembers = usageRecordShape.members;
const isAccount = fits(
  recordMembers.CustomerAWSAccountId,
  "the number of an account, as a string of digits,",
);
const isProductCode = fits(
  batchMeterUsageRequestShape.members.ProductCode,
  "a product code of letters, digits and -/=:_.@, at most 255 of them,",
);
const isLicense = fits(
  recordMembers.LicenseArn,
  "a licence such as arn:aws:license-manager::294406891311:license:l-0123456789abcdef",
);
const isIdentifier = fits(recordMembers.CustomerIdentifier, "a text of 1 to 255 characters");
const isDimension = fits(recordMembers.Dimension, "a text of 1 to 255 characters");

const isBoolean: MemberCheck = (value) =>
  typeof value === "boolean" ? undefined : "true or false";

const isDimensionList: MemberCheck = (value) =>
  Array.isArray(value) && value.every((one) => isDimension(one) === undefined)
    ? undefined
    : "an array of texts of 1 to 255 characters";

const isVersion: MemberCheck = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 1 ? undefined : "a whole number from 1";

const isDay: MemberCheck = (value) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && isCalendarDay(value)
    ? undefined
    : "a day such as 2026-07-01";

/** A moment as JSON gives it: ISO 8601, with an offset. */
export const isMoment: MemberCheck = (value) =>
  typeof value === "string" &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  isCalendarDay(value.slice(0, 10))
    ? undefined
    : "a time such as 2026-07-01T00:00:00Z";

/** `Date` takes the 30th of February for the 2nd of March. */
function isCalendarDay(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

const sources: readonly string[] = [
  "agentCoreExecutionRole",
  "ec2InstanceRole",
  "ecsTaskRole",
  "eksPodIdentity",
  "eksServiceAccountRole",
  "longTermKeys",
  "nodeRole",
] satisfies readonly CredentialSource[];

const isSource: MemberCheck = (value) =>
  sources.includes(value as string) ? undefined : `one of ${sources.join(", ")}`;

const needed = (check: MemberCheck): MemberRule => ({ check, required: true });
const optional = (check: MemberCheck): MemberRule => ({ check });

const rootMembers: MemberRules = {
  products: optional(pass),
  customers: optional(pass),
  agreements: optional(pass),
  tokens: optional(pass),
  callers: optional(pass),
};

const productMembers: MemberRules = {
  productCode: needed(isProductCode),
  sellerAccount: needed(isAccount),
  dimensions: needed(isDimensionList),
  createdOn: needed(isDay),
  disabled: optional(isBoolean),
  keys: optional(pass),
};

const keyMembers: MemberRules = {
  version: needed(isVersion),
  privateKey: optional(isText),
  expiresAt: optional(isMoment),
};

const customerMembers: MemberRules = {
  accountId: needed(isAccount),
  customerIdentifier: optional(isIdentifier),
};

const agreementMembers: MemberRules = {
  productCode: needed(isText),
  customerAccount: needed(isAccount),
  licenseArn: optional(isLicense),
  startsAt: optional(isMoment),
  endsAt: optional(isMoment),
};

const tokenMembers: MemberRules = {
  token: needed(isText),
  productCode: needed(isText),
  customerAccount: needed(isAccount),
  licenseArn: optional(isLicense),
  issuedAt: needed(isMoment),
};

const callerMembers: MemberRules = {
  accessKeyId: needed(isText),
  accountId: needed(isAccount),
  region: optional(isText),
  secretAccessKey: optional(isText),
  credentials: optional(isSource),
  workload: optional(isText),
};
