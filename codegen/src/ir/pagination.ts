import type { Member } from "./shape.ts";

/**
 * How an operation gives its result in pages, as `smithy.api#paginated` says it.
 * @see https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait
 */
export interface Pagination {
  /** The input's member that says where a page starts. */
  readonly inputToken: Member;
  readonly outputToken: MemberPath;
  /** Leads to the list or map that is divided into pages. */
  readonly items: MemberPath | undefined;
  /** The input's member that limits the items of a page. */
  readonly pageSize: Member | undefined;
}

/** Members from the output inwards, at least one. */
export type MemberPath = readonly [Member, ...Member[]];
