interface RecordResults {
  readonly Results?: readonly { readonly Status?: string | undefined }[] | undefined;
  readonly UnprocessedRecords?: readonly object[] | undefined;
}

/** What an output says, in a few words for people. */
export function summarize(output: object): string {
  const { MeteringRecordId, ProductCode, CustomerAWSAccountId } = output as {
    readonly [name: string]: string | undefined;
  };
  if (MeteringRecordId !== undefined) return `record ${MeteringRecordId}`;
  if (ProductCode !== undefined) return `${CustomerAWSAccountId} bought ${ProductCode}`;
  if ("Signature" in output) return "entitled, token signed";
  const { Results = [], UnprocessedRecords = [] } = output as RecordResults;
  const counts = new Map<string, number>();
  const count = (name: string, more: number): void => {
    if (more > 0) counts.set(name, (counts.get(name) ?? 0) + more);
  };
  for (const { Status = "no status" } of Results) count(Status, 1);
  count("unprocessed", UnprocessedRecords.length);
  const parts = [...counts].map(([name, number]) => `${number} ${name}`);
  return parts.length === 0 ? "no records" : parts.join(", ");
}
