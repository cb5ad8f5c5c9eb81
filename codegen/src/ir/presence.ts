import { closureOf } from "./closure.ts";
import type { Service } from "./service.ts";
import type { Member, Shape } from "./shape.ts";

/** Says something of a member of a structure. */
export type Presence = (owner: Shape, member: Member) => boolean;

/**
 * Whether a response that lacks a member means its default. Only in what services alone send: in a
 * structure that goes both ways, the default would come back to the service as if the caller had
 * given it.
 */
export function createDefaulting({ operations }: Service): Presence {
  const taken = closureOf(operations.flatMap(({ input }) => input ?? []));
  return (owner, { default: value, clientOptional }) =>
    owner.type === "structure" && value !== undefined && !clientOptional && !taken.has(owner);
}

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
