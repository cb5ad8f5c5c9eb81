/** Bytes in thousands, as registries and browsers count them. */
export function printKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

export function printMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function printCount(count: number): string {
  return count.toLocaleString("en");
}
