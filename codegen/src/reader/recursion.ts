import { membersOf } from "../ir/shape.ts";
import type { Shape, ShapeId } from "../ir/shape.ts";
import { ModelError } from "./model-error.ts";
import type { Address } from "./model-error.ts";

/**
 * Refuses shapes of which no finite value exists: a structure that requires itself, and a list or
 * map that contains only itself.
 * @see https://smithy.io/2.0/spec/aggregate-types.html#recursive-shape-definitions
 */
export function checkRecursion(
  shapes: readonly Shape[],
  addressOf: (id: ShapeId) => Address,
): void {
  const finished = new Set<Shape>();
  const visit = (shape: Shape, path: readonly Shape[]): void => {
    if (finished.has(shape)) return;
    const start = path.indexOf(shape);
    if (start >= 0) {
      const loop = [...path.slice(start), shape].map(({ id }) => id).join(" → ");
      throw new ModelError(
        addressOf(shape.id),
        `contains itself with no way out (${loop}); make a member on the way optional`,
      );
    }
    for (const target of unavoidable(shape)) visit(target, [...path, shape]);
    finished.add(shape);
  };
  for (const shape of shapes) visit(shape, []);
}

/** What every value of a shape contains, or, for lists and maps, every value that is not empty. */
function unavoidable(shape: Shape): readonly Shape[] {
  switch (shape.type) {
    case "structure":
      return shape.members
        .filter(({ required, target }) => required && target.type === "structure")
        .map(({ target }) => target);
    case "list":
    case "map":
      return membersOf(shape)
        .map(({ target }) => target)
        .filter(({ type }) => type === "list" || type === "map");
    default:
      return [];
  }
}
