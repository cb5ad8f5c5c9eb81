import { closureOf } from "./closure.ts";
import type { Service } from "./service.ts";
import type { Member, Shape } from "./shape.ts";

/** Says something of a member of a structure. */
export type Presence = (owner: Shape, member: Member) => boolean;

/** Whether callers always give a member: where none is given, an idempotency token is made. */
export function isAlwaysGiven({ required, idempotencyToken }: Member): boolean {
  return required && !idempotencyToken;
}

/**
 * A member is there where the model requires it. Where the model also asks clients not to rely on
 * that (`clientOptional`), it may be absent in what only the service sends; a caller still gives it.
 */
export function createPresence({ operations }: Pick<Service, "operations">): Presence {
  const taken = closureOf(operations.flatMap(({ input }) => input ?? []));
  return (owner, member) =>
    owner.type === "structure" &&
    owner.error === undefined &&
    isAlwaysGiven(member) &&
    (taken.has(owner) || !member.clientOptional);
}

/** What stands for a member that a response lacks, as JSON; `undefined` where the member stays absent. */
export type Filling = (owner: Shape, member: Member) => unknown;

/**
 * A response that lacks a member means its default, and where the model requires the member, the
 * zero of its type: what is typed as present is there, even from a faulty service. Only in what
 * services alone send: in a structure that goes both ways, a value from here would come back to the
 * service as if the caller had given it.
 * @see https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction
 */
export function createFilling(service: Service): Filling {
  const isPresent = createPresence(service);
  const taken = closureOf(service.operations.flatMap(({ input }) => input ?? []));
  return (owner, member) => {
    if (owner.type !== "structure" || taken.has(owner)) return undefined;
    const value = member.clientOptional ? undefined : member.default;
    return value ?? (isPresent(owner, member) ? zeroOf(member.target) : undefined);
  };
}

/** A union has no zero: which of its members would it be? */
function zeroOf({ type }: Shape): unknown {
  switch (type) {
    case "boolean":
      return false;
    case "string":
    case "enum":
    case "blob":
      return "";
    case "list":
      return [];
    case "map":
    case "structure":
      return {};
    case "document":
      return null;
    case "union":
      return undefined;
    default:
      return 0;
  }
}
