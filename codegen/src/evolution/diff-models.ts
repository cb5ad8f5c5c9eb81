import { resolve } from "node:path";
import { lowerService } from "../reader/lower.ts";
import { applyOverlay } from "../reader/overlay.ts";
import { displayPath, readModelOverlay, readPlainModel } from "../reader/read-model.ts";
import type { Comparison } from "./compare-services.ts";
import { compareServices } from "./compare-services.ts";
import { reviewOverlay } from "./overlay-review.ts";

export interface DiffOptions {
  readonly old: string;
  readonly new: string;
  /** For both models. Default: the one beside each, and for the new one, else that of the old. */
  readonly overlay?: string | undefined;
}

/** Two models in, and what changed for the users of their packages. */
export async function diffModels({ overlay, ...models }: DiffOptions): Promise<Comparison> {
  const old = await readPlainModel(models.old, nameWhole);
  const next = await readPlainModel(models.new, nameWhole);
  const ofOld = (await readModelOverlay({ model: models.old, overlay }, nameWhole))?.overlay;
  const ofNew = (await readModelOverlay({ model: models.new, overlay }, nameWhole))?.overlay;
  // One that belongs to the old model, or to both, may be about shapes that the new one does not have.
  const own = overlay === undefined ? ofNew : undefined;
  const shared = ofOld && reviewOverlay(ofOld, next).overlay;
  return compareServices(
    lowerService(applyOverlay(old, ofOld)),
    lowerService(applyOverlay(next, own ?? shared)),
  );
}

/** Two models may have the same name, and nothing is generated from them: elsewhere, the whole path counts. */
function nameWhole(path: string): string {
  const name = displayPath(path);
  return resolve(name) === resolve(path) ? name : path;
}
