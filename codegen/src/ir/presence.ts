import { closureOf } from "./closure.ts";
import type { Service } from "./service.ts";
import type { Member, Shape } from "./shape.ts";

/** Whether a member of a structure is always there. */
export type Presence = (owner: Shape, member: Member) => boolean;

/**
 * A member is there where the model requires it. Where the model also asks clients not to rely on
 * that (`clientOptional`), it may be absent in what only the service sends; a caller still gives it.
 */
export function createPresence({ operations }: Pick<Service, "operations">): Presence {
  const taken = closureOf(operations.flatMap(({ input }) => input ?? []));
  return (owner, { required, clientOptional }) =>
    owner.type === "structure" &&
    owner.error === undefined &&
    required &&
    (taken.has(owner) || !clientOptional);
}
