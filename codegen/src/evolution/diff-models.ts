import { resolve } from "node:path";
import { lowerService } from "../reader/lower.ts";
import { ModelError } from "../reader/model-error.ts";
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
  const old = await locate(models.old, () => readPlainModel(models.old));
  const next = await locate(models.new, () => readPlainModel(models.new));
  const ofOld = (await readModelOverlay({ model: models.old, overlay }))?.overlay;
  const ofNew = (await readModelOverlay({ model: models.new, overlay }))?.overlay;
  // One that belongs to the old model, or to both, may be about shapes that the new one does not have.
  const own = overlay === undefined ? ofNew : undefined;
  const shared = ofOld && reviewOverlay(ofOld, next).overlay;
  return compareServices(
    await locate(models.old, () => lowerService(applyOverlay(old, ofOld))),
    await locate(models.new, () => lowerService(applyOverlay(next, own ?? shared))),
  );
}

/**
 * Gives errors of a model its whole path. Elsewhere, a file outside of the working folder is called by
 * its name alone, which is what stands in generated files; two models may have the same name.
 */
async function locate<Value>(path: string, read: () => Promise<Value> | Value): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    const name = displayPath(path);
    if (!(error instanceof ModelError) || resolve(name) === path) throw error;
    const [file = "", ...rest] = error.address;
    if (file !== name && !file.startsWith(`${name}/`)) throw error;
    throw new ModelError([path + file.slice(name.length), ...rest], error.problem, {
      cause: error,
    });
  }
}
