import type { Shape, ShapeId } from "../ir/shape.ts";
import { membersOf } from "../ir/shape.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";

/**
 * Refuses shapes of which no finite value exists: a structure that requires itself, a union of
 * nothing else, and a list or map that contains only itself.
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
      const loop = [...path.slice(start), shape];
      const way = loop.map(({ id }) => id).join(" → ");
      throw new ModelError(
        addressOf(shape.id),
        `contains itself with no way out (${way}); ${describeWayOut(loop)}`,
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
        .filter(({ required, target }) => required && hasMembers(target))
        .map(({ target }) => target);
    case "union":
      return shape.members.length > 1
        ? []
        : shape.members.map(({ target }) => target).filter(hasMembers);
    case "list":
    case "map":
      return membersOf(shape)
        .map(({ target }) => target)
        .filter(({ type }) => type === "list" || type === "map");
    default:
      return [];
  }
}

function hasMembers({ type }: Shape): boolean {
  return type === "structure" || type === "union";
}

function describeWayOut(loop: readonly Shape[]): string {
  if (loop.some(({ type }) => type === "structure")) return "make a member on the way optional";
  return loop.some(({ type }) => type === "union")
    ? "give a union on the way another member"
    : "let a structure or a union stand between";
}
