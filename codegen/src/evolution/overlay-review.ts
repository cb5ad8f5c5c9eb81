import type { Model, ModelShape } from "../reader/model.ts";
import type { Overlay } from "../reader/overlay.ts";
import { applyOverlay } from "../reader/overlay.ts";
import { canonicalJson } from "./canonical-json.ts";

/** What is left of an overlay when its model is another one. */
export interface OverlayReview {
  /** Without what cannot be applied any more. */
  readonly overlay: Overlay;
  readonly remarks: readonly OverlayRemark[];
}

/** An entry that no longer does what it was written for. */
export interface OverlayRemark {
  /** `gone`: it cannot be applied, and generation would refuse it. `idle`: it changes nothing. */
  readonly kind: "gone" | "idle";
  /** Inside the overlay file, as a JSON pointer. */
  readonly pointer: string;
  readonly message: string;
}

/** Finds what an overlay says of shapes, members and traits that a model does not have. */
export function reviewOverlay(overlay: Overlay, model: Model): OverlayReview {
  const remarks: OverlayRemark[] = [];
  const has = (target: string): boolean => findTraits(model, target) !== undefined;
  const corrections = overlay.corrections.filter(({ target }, index) => {
    if (has(target)) return true;
    const message = `the correction of ${target}: it is not in the model`;
    remarks.push({ kind: "gone", pointer: `/corrections/${index}`, message });
    return false;
  });
  for (const correction of corrections) {
    const before = { ...overlay, rules: [], corrections: corrections.filter(isBefore(correction)) };
    const traits = findTraits(applyOverlay(model, before), correction.target);
    if (![...correction.traits].every(([id, value]) => isEqual(traits?.get(id), value))) continue;
    const index = overlay.corrections.indexOf(correction);
    const message = `the correction of ${correction.target}: the model says the same without it`;
    remarks.push({ kind: "idle", pointer: `/corrections/${index}`, message });
  }
  const rules = overlay.rules.flatMap((rule, index) => {
    const targets = rule.targets.filter(has);
    const pointer = `/rules/${index}`;
    if (targets.length === 0 && rule.targets.length > 0) {
      const message = `the rule ${rule.id}: nothing that it is for is in the model`;
      remarks.push({ kind: "gone", pointer, message });
      return [];
    }
    for (const [position, target] of rule.targets.entries()) {
      if (has(target)) continue;
      const message = `the rule ${rule.id} for ${target}: it is not in the model`;
      remarks.push({ kind: "gone", pointer: `${pointer}/targets/${position}`, message });
    }
    return [{ ...rule, targets }];
  });
  const credentialRefusals = overlay.credentialRefusals.flatMap((refusal, index) => {
    const operations = refusal.operations.filter(has);
    const pointer = `/credentialRefusals/${index}`;
    if (operations.length === 0) {
      const message = "the refusal of credentials: none of its operations is in the model";
      remarks.push({ kind: "gone", pointer, message });
      return [];
    }
    for (const [position, operation] of refusal.operations.entries()) {
      if (has(operation)) continue;
      const message = `the refusal of credentials by ${operation}: it is not in the model`;
      remarks.push({ kind: "gone", pointer: `${pointer}/operations/${position}`, message });
    }
    return [{ ...refusal, operations }];
  });
  const used = usedTraits(model);
  for (const [index, { trait }] of overlay.harmlessTraits.entries()) {
    if (used.has(trait)) continue;
    const message = `the harmless trait ${trait}: nothing in the model has it`;
    remarks.push({ kind: "idle", pointer: `/harmlessTraits/${index}`, message });
  }
  return { overlay: { ...overlay, corrections, rules, credentialRefusals }, remarks };
}

/** The text of an overlay file without what a review found gone. */
export function withoutGone(text: string, { remarks }: OverlayReview): string {
  const overlay: unknown = JSON.parse(text);
  const gone = remarks.filter(({ kind }) => kind === "gone").map(({ pointer }) => pointer);
  if (gone.length === 0) return text;
  // From the back, so that no index moves before it is used.
  for (const pointer of [...gone].sort(fromTheBack)) {
    const steps = pointer.split("/").slice(1);
    const index = Number(steps.pop());
    const list = steps.reduce<unknown>(
      (value, step) => (value as { readonly [name: string]: unknown })[step],
      overlay,
    );
    (list as unknown[]).splice(index, 1);
  }
  return `${JSON.stringify(overlay, undefined, 2)}\n`;
}

function fromTheBack(left: string, right: string): number {
  const [before, after] = [left, right].map((pointer) => pointer.split("/").slice(1));
  for (let step = 0; before !== undefined && after !== undefined; step += 1) {
    const [one, other] = [before[step], after[step]];
    if (one === undefined || other === undefined) return after.length - before.length;
    if (one !== other) {
      return Number.isNaN(Number(one)) ? (one < other ? -1 : 1) : Number(other) - Number(one);
    }
  }
  return 0;
}

function isBefore<Item>(item: Item): (other: Item, index: number, all: readonly Item[]) => boolean {
  return (_other, index, all) => index < all.indexOf(item);
}

function isEqual(found: unknown, wanted: unknown): boolean {
  return wanted === null ? found === undefined : canonicalJson(found) === canonicalJson(wanted);
}

function findTraits({ shapes }: Model, target: string): ModelShape["traits"] | undefined {
  const [shapeId = "", member] = target.split("$");
  const shape = shapes.get(shapeId);
  return member === undefined ? shape?.traits : shape?.members.get(member)?.traits;
}

function usedTraits({ shapes }: Model): ReadonlySet<string> {
  const all = [...shapes.values()].flatMap(({ traits, members }) => [
    ...traits.keys(),
    ...[...members.values()].flatMap((member) => [...member.traits.keys()]),
  ]);
  return new Set(all);
}
