import {
  CustomerNotEntitledException,
  DuplicateRequestException,
  IdempotencyConflictException,
  InvalidEndpointRegionException,
  type MeterUsageRequest,
  type MeterUsageResult,
  UnmodeledServiceError,
} from "@pawprint/marketplace-metering";
import type { Call } from "../call.ts";
import type { AcceptedUsage, UsedToken } from "../journal.ts";
import { checkDimension, findProduct } from "./product.ts";
import { checkAllocations, printAllocations } from "./usage-allocations.ts";
import { readQuantity } from "./usage-quantity.ts";
import { checkUsageWindow, startOfPeriod } from "./usage-window.ts";

/** Software in the buyer's account meters itself: the buyer is who signs. */
export function meterUsage(input: MeterUsageRequest, call: Call): MeterUsageResult {
  const { caller, directory, ledger, region, now } = call;
  checkRegion(call);
  const product = findProduct(input.ProductCode, call);
  if (input.DryRun) throw answerDryRun(call);
  checkCredentials(call);
  checkDimension(input.UsageDimension, product);
  checkUsageWindow(input.Timestamp, call, "meter-usage-window");
  const quantity = readQuantity(input.UsageQuantity, call);
  checkAllocations(input.UsageAllocations, quantity, call);
  if (!directory.findAgreement(product.productCode, caller.accountId, input.Timestamp)) {
    throw new CustomerNotEntitledException({
      message: `The account ${caller.accountId} is not subscribed to ${product.productCode}.`,
    });
  }
  const used = findUsedToken(input, call);
  if (used !== undefined) return { MeteringRecordId: used.meteringRecordId };
  const earlier = findEarlier(input, quantity, call);
  const meteringRecordId = earlier?.meteringRecordId ?? call.createId();
  const record: AcceptedUsage = {
    meteringRecordId,
    key: createKey(input, call),
    operation: "MeterUsage",
    productCode: product.productCode,
    customerAccount: caller.accountId,
    dimension: input.UsageDimension,
    timestamp: roundTimestamp(input.Timestamp, call),
    quantity,
    allocations: input.UsageAllocations,
    region,
    acceptedAt: now.toISOString(),
  };
  const { ClientToken: token } = input;
  const account = caller.accountId;
  ledger.accept(
    earlier === undefined ? [record] : [],
    token === undefined
      ? []
      : [{ account, token, parameters: printParameters(input), meteringRecordId }],
  );
  return { MeteringRecordId: meteringRecordId };
}

function checkRegion({ caller, rules, region, now }: Call): void {
  if (!rules.holds("meter-usage-region", "sameRegionAsCaller", now)) return;
  if (caller.region === region) return;
  throw new InvalidEndpointRegionException({
    message: `The software runs in ${caller.region}, and the endpoint is that of ${region}.`,
  });
}

/** The token of the same request before. Throws where that request had something else in it. */
function findUsedToken(
  input: MeterUsageRequest,
  { caller, ledger, rules, now }: Call,
): UsedToken | undefined {
  const { ClientToken: token } = input;
  const used = token === undefined ? undefined : ledger.findToken(caller.accountId, token);
  const conflict = rules.text("meter-usage-client-token", "otherParametersError", now);
  if (used === undefined || conflict === undefined) return undefined;
  if (used.parameters === printParameters(input)) return used;
  throw new IdempotencyConflictException({
    message: "The ClientToken was used before, with other parameters.",
  });
}

/** The record that this usage is the same as. Throws where it differs in quantity or allocations. */
function findEarlier(
  input: MeterUsageRequest,
  quantity: number,
  call: Call,
): AcceptedUsage | undefined {
  const earlier = call.ledger.findByKey(createKey(input, call));
  if (earlier === undefined) return undefined;
  const isSame =
    earlier.quantity === quantity &&
    printAllocations(earlier.allocations) === printAllocations(input.UsageAllocations);
  if (isSame) return earlier;
  throw new DuplicateRequestException({
    message: `Usage of ${input.UsageDimension} was recorded for that hour with ${
      earlier.quantity === quantity ? "other allocations" : `the quantity ${earlier.quantity}`
    }.`,
  });
}

/** On AgentCore a token alone makes usage one; elsewhere the hour does, for each workload. */
function createKey(input: MeterUsageRequest, call: Call): string {
  const { caller, region } = call;
  return JSON.stringify([
    "MeterUsage",
    region,
    input.ProductCode,
    caller.accountId,
    ...(isOnAgentCore(call) ? keyOnAgentCore(input, call) : keyOfPeriod(input, call)),
  ]);
}

function keyOfPeriod(input: MeterUsageRequest, call: Call): readonly string[] {
  const { caller, rules, now } = call;
  const hours = rules.number("meter-usage-hourly", "periodHours", now);
  const period = hours === undefined ? call.createId() : startOfPeriod(input.Timestamp, hours);
  return ["hour", caller.workload, input.UsageDimension, period];
}

function keyOnAgentCore({ ClientToken: token }: MeterUsageRequest, call: Call): readonly string[] {
  if (token !== undefined) return ["token", token];
  const { rules, now } = call;
  if (!rules.holds("meter-usage-agentcore", "clientTokenRequired", now)) return [call.createId()];
  throw refuse("ValidationException", "ClientToken: is missing");
}

function isOnAgentCore({ caller, rules, now }: Call): boolean {
  return (
    caller.credentials === "agentCoreExecutionRole" &&
    rules.find("meter-usage-agentcore", now) !== undefined
  );
}

function roundTimestamp(timestamp: Date, call: Call): string {
  const { rules, now } = call;
  const name = "timestampRoundedDownToHours";
  const hours = rules.find("meter-usage-hourly", now)?.values[name];
  return isOnAgentCore(call) || typeof hours !== "number"
    ? timestamp.toISOString()
    : startOfPeriod(timestamp, hours);
}

function checkCredentials({ rules, caller, now, options }: Call): void {
  if (rules.find("meter-usage-credentials", now) === undefined) return;
  if (rules.holds("meter-usage-credentials", caller.credentials, now)) return;
  throw refuseCredentials(caller.credentials, options.refusedCredentialsError);
}

function refuseCredentials(
  source: string,
  name: "AccessDeniedException" | "CustomerNotEntitledException",
): Error {
  const message = `MeterUsage does not take credentials of this kind: ${source}.`;
  return name === "CustomerNotEntitledException"
    ? new CustomerNotEntitledException({ message })
    : refuse(name, message);
}

/** A dry run is always answered with an error, and the model declares neither of the two. */
function answerDryRun({ rules, caller, now }: Call): Error {
  const isAllowed =
    rules.find("meter-usage-credentials", now) === undefined ||
    rules.holds("meter-usage-credentials", caller.credentials, now);
  const name = rules.text("meter-usage-dry-run", isAllowed ? "allowedAnswer" : "deniedAnswer", now);
  const message = isAllowed ? "The request is allowed." : "The request is not allowed.";
  return refuse(name ?? "DryRunOperation", message);
}

function refuse(name: string, message: string): UnmodeledServiceError {
  return new UnmodeledServiceError(name, "client", { message });
}

function printParameters({ ClientToken: _, ...input }: MeterUsageRequest): string {
  const { UsageAllocations, ...others } = input;
  const members = Object.entries(others).filter(([, value]) => value !== undefined);
  return JSON.stringify([members.sort(), printAllocations(UsageAllocations)]);
}
