import type { Shape } from "./shape.ts";
import { membersOf } from "./shape.ts";

/** Every shape that one shape leads to, itself included. */
export function closureOf(roots: readonly Shape[]): ReadonlySet<Shape> {
  const seen = new Set<Shape>();
  const pending = [...roots];
  for (let shape = pending.pop(); shape !== undefined; shape = pending.pop()) {
    if (seen.has(shape)) continue;
    seen.add(shape);
    pending.push(...membersOf(shape).map(({ target }) => target));
  }
  return seen;
}
