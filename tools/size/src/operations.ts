/** In the order in which programs take them up. */
export const operations = [
  "batchMeterUsage",
  "meterUsage",
  "registerUsage",
  "resolveCustomer",
] as const;

export type OperationName = (typeof operations)[number];

/** `BatchMeterUsage`, as the service has it. */
export function capitalize(operation: OperationName): string {
  return `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
}

/** What every client is given: credentials that end up in the bundle weigh the same for all. */
export const credentials = '{ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" }';
export const options = `{ region: "us-east-1", credentials: ${credentials} }`;
