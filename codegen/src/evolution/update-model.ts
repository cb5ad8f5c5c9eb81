import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { GeneratedPackage } from "../emit/package-plan.ts";
import { emitPackages } from "../generate.ts";
import { nameService } from "../ir/naming.ts";
import type { Omission, Service } from "../ir/service.ts";
import { lowerService } from "../reader/lower.ts";
import type { Model } from "../reader/model.ts";
import { ModelError } from "../reader/model-error.ts";
import type { OverlayFile } from "../reader/read-model.ts";
import {
  attachOverlay,
  displayPath,
  readModel,
  readModelOverlay,
  readPlainModel,
} from "../reader/read-model.ts";
import { version } from "../version.ts";
import { OutputError } from "../write/output-error.ts";
import type { Difference, OtherFile } from "../write/write-packages.ts";
import { comparePackages, writePackages } from "../write/write-packages.ts";
import type { Changeset } from "./changeset.ts";
import { emitChangeset } from "./changeset.ts";
import type { Comparison } from "./compare-services.ts";
import { compareServices } from "./compare-services.ts";
import { findChangedPaths } from "./git-tree.ts";
import type { ModelPlace } from "./model-place.ts";
import { findModelPlace, nameSource, replaceModel } from "./model-place.ts";
import type { OverlayRemark } from "./overlay-review.ts";
import { reviewOverlay, withoutGone } from "./overlay-review.ts";

export interface UpdateOptions {
  /** The name of the model's file in `models/`, without ending. */
  readonly service: string;
  /** The new model. Absolute. */
  readonly incoming: string;
  /** Where `models/`, `packages/` and `.changeset/` are. Absolute. */
  readonly root: string;
  /** Write nothing. */
  readonly dryRun: boolean;
  /** Go on where the work tree has changes that are not committed. */
  readonly force: boolean;
  readonly onProgress?: (message: string) => void;
}

export interface Update {
  readonly comparison: Comparison;
  /** The overlay's entries that no longer do what they were written for, with the file. */
  readonly remarks: readonly OverlayRemark[];
  readonly overlayFile: string | undefined;
  readonly omissions: readonly Omission[];
  readonly changeset: Changeset | undefined;
  /** What was written, or would be. */
  readonly differences: readonly Difference[];
}

/** A new model takes the place of the old one, with all that follows from it: all of it, or nothing. */
export async function updateModel(options: UpdateOptions): Promise<Update> {
  const { root, incoming, dryRun } = options;
  if (!options.force && !dryRun) await refuseChangedTree(root, incoming);
  options.onProgress?.(`reading ${displayPath(incoming)}`);
  const place = await findModelPlace(join(root, "models"), options.service);
  const old = lowerService(await readModel(place));
  const model = await readPlainModel(incoming);
  refuseForeign(old, model);
  const overlay = await reviseOverlay(place, model);
  const service = lowerService(overlay === undefined ? model : attachOverlay(model, overlay));
  const comparison = compareServices(old, service);
  options.onProgress?.(`generating ${service.sdkId}`);
  const packages = emitAs(service, await nameSource(place, incoming));
  const changeset = emitChangeset({ comparison, service, names: nameService(service), version });
  const others: readonly OtherFile[] = [
    ...(await replaceModel(place, incoming)),
    ...(overlay ? [{ path: overlay.path, text: overlay.text }] : []),
    ...(changeset
      ? [{ path: join(root, ".changeset", changeset.name), text: changeset.text }]
      : []),
  ];
  options.onProgress?.(dryRun ? "comparing" : "writing");
  const write = dryRun ? comparePackages : writePackages;
  return {
    comparison,
    remarks: overlay?.remarks ?? [],
    overlayFile: place.overlay,
    omissions: service.omissions,
    changeset,
    differences: await write(join(root, "packages"), packages, others),
  };
}

/** What an update writes should be all that a commit of it holds. */
async function refuseChangedTree(root: string, incoming: string): Promise<void> {
  // Git knows paths without links in them.
  const own = await realpath(incoming).catch(() => incoming);
  const isIncoming = (path: string): boolean => path === own || path.startsWith(own + sep);
  const changed = (await findChangedPaths(root)).filter((path) => !isIncoming(path));
  const [first, ...others] = changed;
  if (first === undefined) return;
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  throw new OutputError(
    first,
    `it is not committed${more}; commit or stash it, or go on with --force`,
  );
}

interface RevisedOverlay extends OverlayFile {
  readonly path: string;
  readonly text: string;
  readonly remarks: readonly OverlayRemark[];
}

/** The overlay as it is to stand beside the new model. */
async function reviseOverlay(place: ModelPlace, model: Model): Promise<RevisedOverlay | undefined> {
  const known = await readModelOverlay(place);
  if (known === undefined || place.overlay === undefined) return undefined;
  const review = reviewOverlay(known.overlay, model);
  const text = withoutGone(await readFile(place.overlay, "utf8"), review);
  const { overlay, remarks } = review;
  return { overlay, bytes: new TextEncoder().encode(text), path: place.overlay, text, remarks };
}

/** The model of another service has packages of its own. */
function refuseForeign(old: Service, { shapes, file }: Model): void {
  for (const { id, type, traits } of shapes.values()) {
    const { sdkId } = (traits.get("aws.api#service") ?? {}) as { readonly sdkId?: unknown };
    if (type !== "service" || (id === old.id && sdkId === old.sdkId)) continue;
    throw new ModelError(
      [file, id],
      `its sdkId is ${JSON.stringify(sdkId)}, and ${old.source} is the model of ${old.id}, ${JSON.stringify(old.sdkId)}; the model of another service goes into models/ under a name of its own`,
    );
  }
}

/** Generates as from the place where the model will be. What is wrong with it is told of where it is now. */
function emitAs(service: Service, source: string): readonly GeneratedPackage[] {
  try {
    return emitPackages({ ...service, source });
  } catch (cause) {
    if (!(cause instanceof ModelError) || cause.address[0] !== source) throw cause;
    throw new ModelError([service.source, ...cause.address.slice(1)], cause.problem, { cause });
  }
}
