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

/** The shapes that lead to one of which something is true, themselves included. */
export function leadingTo(
  roots: readonly Shape[],
  isSought: (shape: Shape) => boolean,
): ReadonlySet<Shape> {
  const all = [...closureOf(roots)];
  const owners = new Map<Shape, Shape[]>();
  for (const owner of all) {
    for (const { target } of membersOf(owner)) {
      const known = owners.get(target);
      if (known === undefined) owners.set(target, [owner]);
      else known.push(owner);
    }
  }
  const seen = new Set<Shape>();
  const pending = all.filter(isSought);
  for (let shape = pending.pop(); shape !== undefined; shape = pending.pop()) {
    if (seen.has(shape)) continue;
    seen.add(shape);
    pending.push(...(owners.get(shape) ?? []));
  }
  return seen;
}
