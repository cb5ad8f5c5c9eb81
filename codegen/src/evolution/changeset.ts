import { createHash } from "node:crypto";
import type { ServiceNames } from "../ir/naming.ts";
import type { Service } from "../ir/service.ts";
import type { Bump } from "./change.ts";
import { emitChangelog } from "./changelog.ts";
import type { Comparison } from "./compare-services.ts";

/** A file for `.changeset/`: https://changesets-docs.vercel.app */
export interface Changeset {
  readonly name: string;
  readonly text: string;
}

export interface ChangesetOptions {
  readonly comparison: Comparison;
  readonly service: Service;
  readonly names: ServiceNames;
  /** The version that the packages have now. */
  readonly version: string;
}

/**
 * The changeset of a new model. It names the service's four packages, so that each of their
 * changelogs tells the changes; all others of the fixed group get the same version with them.
 */
export function emitChangeset(options: ChangesetOptions): Changeset | undefined {
  const { comparison, service, names, version } = options;
  if (comparison.bump === "none") return undefined;
  const bump = selectReleaseType(comparison.bump, version);
  const { core, node, edge, mocks } = names.packages;
  const text = [
    "---",
    ...[core, node, edge, mocks].map((name) => `"${name}": ${bump}`),
    "---",
    "",
    `Follow the new model of ${service.title}.`,
    "",
    emitChangelog(comparison),
    "",
  ].join("\n");
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return { name: `${names.slug}-${digest}.md`, text };
}

/**
 * What changesets is told. Before 1.0, a breaking change raises the minor version, which `^0.1.0`
 * does not let in; 1.0 is a decision of people, not of a model.
 */
export function selectReleaseType(bump: Exclude<Bump, "none">, version: string): string {
  return bump === "major" && version.startsWith("0.") ? "minor" : bump;
}
