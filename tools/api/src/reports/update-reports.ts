import { rm } from "node:fs/promises";
import { createFolder, installPackages } from "../installed-packages.ts";
import { compareReports, readReports, writeReports } from "./committed-reports.ts";
import { createReports } from "./create-reports.ts";

const folder = await createFolder("reports-");
try {
  const current = await createReports(await installPackages(folder));
  const changes = compareReports(current, await readReports().catch(() => new Map()));
  await writeReports(current);
  console.log(changes.length === 0 ? "The reports were up to date." : changes.join("\n"));
} finally {
  await rm(folder, { recursive: true });
}
