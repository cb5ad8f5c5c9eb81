import type { MemberPath, Pagination } from "../ir/pagination.ts";
import { categoryOf } from "../ir/query.ts";
import type { Operation, Traits } from "../ir/service.ts";
import type { Member, Shape, StructureShape } from "../ir/shape.ts";
import { readObject, readOptional, readString, refuseUnknownProperties, within } from "./json.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";

const trait = "smithy.api#paginated";

/** What a service says for all its paginated operations, each text with where it stands. */
export type PaginationDefaults = { readonly [name in Setting]?: Located };

type Setting = (typeof settings)[number];

const settings = ["inputToken", "outputToken", "items", "pageSize"] as const;

interface Located {
  readonly text: string;
  readonly address: Address;
}

/** The settings of `smithy.api#paginated`, on an operation or a service. Nothing where it has no such trait. */
export function readPaginationSettings(
  traits: Traits,
  owner: Address,
): PaginationDefaults | undefined {
  if (!traits.has(trait)) return undefined;
  const address = [...owner, trait];
  const value = readObject(traits.get(trait), address);
  refuseUnknownProperties(value, settings, address);
  const entries = settings.flatMap((name) => {
    const text = readOptional(value, name, address, readString);
    return text === undefined ? [] : [[name, { text, address: within(address, name) }]];
  });
  return Object.fromEntries(entries) as PaginationDefaults;
}

/** How an operation gives its result in pages, by its own settings and by its service's. */
export function readPagination(
  { traits, input, output }: Pick<Operation, "input" | "output" | "traits">,
  owner: Address,
  defaults: PaginationDefaults | undefined,
): Pagination | undefined {
  const own = readPaginationSettings(traits, owner);
  if (own === undefined) return undefined;
  const address = [...owner, trait];
  if (input === undefined || output === undefined) {
    throw new ModelError(address, "a paginated operation has an input and an output");
  }
  const { inputToken, outputToken, items, pageSize } = { ...defaults, ...own };
  if (inputToken === undefined || outputToken === undefined) {
    const name = inputToken === undefined ? "inputToken" : "outputToken";
    throw new ModelError(address, `has no ${name}, and neither has the service`);
  }
  const pagination = {
    inputToken: findMember(input, inputToken.text, inputToken.address),
    outputToken: findPath(output, outputToken),
    items: items && findPath(output, items),
    pageSize: pageSize && findMember(input, pageSize.text, pageSize.address),
  };
  checkTokens(pagination, inputToken.address, outputToken.address);
  checkType(pagination.items?.at(-1), ["list", "map"], items);
  checkType(pagination.pageSize, ["number"], pageSize);
  return pagination;
}

function findPath(output: StructureShape, { text, address }: Located): MemberPath {
  const [first = "", ...rest] = text.split(".");
  const path: [Member, ...Member[]] = [findMember(output, first, address)];
  for (const name of rest) path.push(findMember((path.at(-1) as Member).target, name, address));
  return path;
}

function findMember(shape: Shape, name: string, address: Address): Member {
  const member =
    shape.type === "structure"
      ? shape.members.find((candidate) => candidate.name === name)
      : undefined;
  if (member !== undefined) return member;
  throw new ModelError(address, `the ${shape.type} ${shape.name} has no member ${name}`);
}

/** What one response gives, the next request must take. */
function checkTokens(
  { inputToken, outputToken }: Pagination,
  inputAddress: Address,
  outputAddress: Address,
): void {
  if (inputToken.required) {
    throw new ModelError(inputAddress, `${inputToken.id} is required, so there is no first page`);
  }
  const given = (outputToken.at(-1) as Member).target;
  const taken = inputToken.target;
  const isText = categoryOf(given) === "string" && categoryOf(taken) === "string";
  if (isText || given.id === taken.id) return;
  throw new ModelError(
    outputAddress,
    `gives the ${given.type} ${given.name}, and the next page takes the ${taken.type} ${taken.name}`,
  );
}

function checkType(
  member: Member | undefined,
  expected: readonly string[],
  setting: Located | undefined,
): void {
  if (member === undefined || setting === undefined) return;
  const { target } = member;
  if (expected.includes(categoryOf(target))) return;
  throw new ModelError(
    setting.address,
    `leads to the ${target.type} ${target.name}; a ${expected.join(" or ")} belongs here`,
  );
}
