import type { Member, Shape } from "../ir/shape.ts";
import type { ValuePair } from "./model-pair.ts";
import type { Finding } from "./rule.ts";

/**
 * Where a value differs: at the shape, where both members take over what their shape of the same
 * name says, so that it is told once for all members; otherwise at the member.
 */
export function placeOf(
  value: ValuePair,
  isInherited: (member: Member, shape: Shape) => boolean,
): Pick<Finding, "address" | "directions" | "subject"> {
  const { subject } = value;
  const isShapes =
    value.old.target.name === value.new.target.name &&
    isInherited(value.old, value.old.target) &&
    isInherited(value.new, value.new.target);
  return isShapes
    ? { address: value.new.target.id, subject, directions: value.shapeDirections }
    : { address: value.new.id, subject, directions: value.directions };
}
