import { lowerService } from "../reader/lower.ts";
import { applyOverlay, type Overlay } from "../reader/overlay.ts";
import { readModelOverlay, readPlainModel } from "../reader/read-model.ts";
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
export async function diffModels(options: DiffOptions): Promise<Comparison> {
  const [old, next] = [await readPlainModel(options.old), await readPlainModel(options.new)];
  const given = { overlay: options.overlay };
  const oldOverlay = await readModelOverlay({ model: options.old, ...given });
  const ownOverlay = await readModelOverlay({ model: options.new, ...given });
  const newOverlay = ownOverlay ?? (oldOverlay && reviewOverlay(oldOverlay, next).overlay);
  const lower = (model: typeof old, overlay: Overlay | undefined) =>
    lowerService(applyOverlay(model, overlay));
  return compareServices(lower(old, oldOverlay), lower(next, newOverlay));
}
