import { closureOf } from "./closure.ts";
import type { Member, Shape } from "./shape.ts";
import { membersOf } from "./shape.ts";

/** The members of a structure or union whose values nothing should print: what they are, or hold as elements. */
export function sensitiveMembersOf(shape: Shape): readonly Member[] {
  return shape.type === "structure" || shape.type === "union"
    ? shape.members.filter((member) => shape.sensitive || isSensitive(member))
    : [];
}

/** Whether something in what shapes lead to is sensitive. */
export function leadsToSensitive(shapes: readonly Shape[]): boolean {
  return [...closureOf(shapes)].some((shape) => sensitiveMembersOf(shape).length > 0);
}

/** Lists and maps are printed as a part of what has them; structures see to their members themselves. */
function isSensitive({ sensitive, target }: Member): boolean {
  const isCollection = target.type === "list" || target.type === "map";
  return sensitive || (isCollection && membersOf(target).some(isSensitive));
}
