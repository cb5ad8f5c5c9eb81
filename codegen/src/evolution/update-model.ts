import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { emitPackages } from "../generate.ts";
import { nameService } from "../ir/naming.ts";
import type { Omission, Service } from "../ir/service.ts";
import { lowerService } from "../reader/lower.ts";
import { ModelError } from "../reader/model-error.ts";
import type { Overlay } from "../reader/overlay.ts";
import { applyOverlay } from "../reader/overlay.ts";
import { displayPath, readModel, readModelOverlay, readPlainModel } from "../reader/read-model.ts";
import { version } from "../version.ts";
import { OutputError } from "../write/output-error.ts";
import type { Difference, OtherFile } from "../write/write-packages.ts";
import { comparePackages, writePackages } from "../write/write-packages.ts";
import type { Changeset } from "./changeset.ts";
import { emitChangeset } from "./changeset.ts";
import type { Comparison } from "./compare-services.ts";
import { compareServices } from "./compare-services.ts";
import { findChangedPaths } from "./git-tree.ts";
import { findModelPlace, replaceModel } from "./model-place.ts";
import type { OverlayRemark, OverlayReview } from "./overlay-review.ts";
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
  const { root, incoming } = options;
  if (!options.force) await refuseChangedTree(root, incoming);
  options.onProgress?.(`reading ${displayPath(incoming)}`);
  const place = await findModelPlace(join(root, "models"), options.service);
  const old = lowerService(await readModel(place));
  const model = await readPlainModel(incoming);
  const review = reviewFor(await readModelOverlay(place), model);
  const service = lowerService(applyOverlay(model, review?.overlay));
  refuseForeign(old, service);
  const comparison = compareServices(old, service);
  options.onProgress?.(`generating ${service.sdkId}`);
  const packages = emitPackages({ ...service, source: displayPath(place.model) });
  const names = nameService(service);
  const changeset = emitChangeset({ comparison, service, names, version });
  const others: readonly OtherFile[] = [
    ...(await replaceModel(place, incoming)),
    ...(await replaceOverlay(place.overlay, review)),
    ...(changeset
      ? [{ path: join(root, ".changeset", changeset.name), text: changeset.text }]
      : []),
  ];
  options.onProgress?.(options.dryRun ? "comparing" : "writing");
  const write = options.dryRun ? comparePackages : writePackages;
  return {
    comparison,
    remarks: review?.remarks ?? [],
    overlayFile: place.overlay,
    omissions: service.omissions,
    changeset,
    differences: await write(join(root, "packages"), packages, others),
  };
}

/** What an update writes should be all that a commit of it holds. */
async function refuseChangedTree(root: string, incoming: string): Promise<void> {
  const changed = (await findChangedPaths(root)).filter((path) => path !== incoming);
  const [first, ...others] = changed;
  if (first === undefined) return;
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  throw new OutputError(
    first,
    `it is not committed${more}; commit or stash it, or go on with --force`,
  );
}

function reviewFor(
  overlay: Overlay | undefined,
  model: Awaited<ReturnType<typeof readPlainModel>>,
): OverlayReview | undefined {
  return overlay && reviewOverlay(overlay, model);
}

/** The model of another service has packages of its own. */
function refuseForeign(old: Service, service: Service): void {
  const address = [service.source, service.id];
  if (service.sdkId !== old.sdkId) {
    throw new ModelError(
      address,
      `its sdkId is ${JSON.stringify(service.sdkId)}, and that of ${old.source} is ${JSON.stringify(old.sdkId)}; a model of another service goes into models/ under a name of its own`,
    );
  }
}

async function replaceOverlay(
  file: string | undefined,
  review: OverlayReview | undefined,
): Promise<readonly OtherFile[]> {
  if (file === undefined || review === undefined) return [];
  return [{ path: file, text: withoutGone(await readFile(file, "utf8"), review) }];
}
