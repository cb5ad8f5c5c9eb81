import {
  InvalidTagException,
  InvalidUsageAllocationsException,
  type Tag,
  type UsageAllocation,
} from "@pawprint/marketplace-metering";
import type { Call } from "../call.ts";

/** Throws where allocations do not add up to the quantity, or two of them have the same tags. */
export function checkAllocations(
  allocations: readonly UsageAllocation[] | undefined,
  quantity: number,
  { rules, now }: Call,
): void {
  if (allocations === undefined) return;
  for (const { Tags = [] } of allocations) checkTags(Tags);
  const sum = allocations.reduce((total, one) => total + one.AllocatedUsageQuantity, 0);
  if (rules.holds("usage-allocations", "sumEqualsQuantity", now) && sum !== quantity) {
    throw new InvalidUsageAllocationsException({
      message: `The allocations add up to ${sum}, and the quantity is ${quantity}.`,
    });
  }
  const tagSets = new Set(allocations.map(({ Tags = [] }) => printTags(Tags)));
  if (
    rules.holds("usage-allocations", "distinctTagSets", now) &&
    tagSets.size < allocations.length
  ) {
    throw new InvalidUsageAllocationsException({
      message: "Two allocations have the same set of tags.",
    });
  }
}

/** The same text for the same allocations, in whatever order they and their tags come. */
export function printAllocations(allocations: readonly UsageAllocation[] | undefined): string {
  const parts = (allocations ?? []).map(
    ({ AllocatedUsageQuantity, Tags = [] }) => `${printTags(Tags)} ${AllocatedUsageQuantity}`,
  );
  return JSON.stringify(parts.sort());
}

function checkTags(tags: readonly Tag[]): void {
  if (new Set(tags.map(({ Key }) => Key)).size === tags.length) return;
  throw new InvalidTagException({ message: "A tag key stands twice in one allocation." });
}

function printTags(tags: readonly Tag[]): string {
  return JSON.stringify(tags.map(({ Key, Value }) => [Key, Value].join("\u0000")).sort());
}
