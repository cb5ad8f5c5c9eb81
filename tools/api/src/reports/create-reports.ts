import { listEntryPoints } from "../entry-points.ts";
import type { InstalledPackages } from "../installed-packages.ts";
import { nameReport, type Reports } from "./committed-reports.ts";
import { printReports } from "./print-report.ts";

/** The reports of all modules of the packages as they are installed. */
export async function createReports(installed: InstalledPackages): Promise<Reports> {
  const reports = printReports(await listEntryPoints(installed));
  return new Map([...reports].map(([{ specifier }, text]) => [nameReport(specifier), text]));
}
