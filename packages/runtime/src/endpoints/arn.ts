/** An Amazon Resource Name, taken apart. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty where the resource belongs to no region. */
  readonly region: string;
  /** Empty where the resource belongs to no account. */
  readonly accountId: string;
  /** The resource part, split at `:` and `/`: `["table", "Orders"]`. */
  readonly resourceId: readonly string[];
}

/** Takes an ARN apart. Gives nothing for text that is not one. */
export function parseArn(value: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...resource] = value.split(":");
  if (prefix !== "arn" || !partition || !service) return undefined;
  if (region === undefined || accountId === undefined || resource.join(":") === "")
    return undefined;
  const resourceId = resource.flatMap((part) => part.split("/"));
  return { partition, service, region, accountId, resourceId };
}
