/** Whether one version of TypeScript, such as `5.4`, comes before another. */
export function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) < 0;
}
