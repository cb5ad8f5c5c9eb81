import type { Omission } from "../../ir/service.ts";
import type { Reader } from "../json.ts";
import {
  mismatch,
  readArrayOf,
  readObject,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "../json.ts";
import type { ModelShape } from "../model.ts";
import type { Address } from "../model-error.ts";
import { ModelError } from "../model-error.ts";
import type { PlacedTrait } from "./keys.ts";
import type { Operations } from "./operations.ts";
import { findOperation } from "./operations.ts";

const trait = "smithy.api#paginated";

/** The keys by the words that the trait has for them. */
const words = {
  inputToken: "input_token",
  outputToken: "output_token",
  pageSize: "limit_key",
  items: "result_key",
} as const;

const keys = [...Object.values(words), "more_results", "non_aggregate_keys"];

export interface Paginators {
  /** Traits of operations by their ids. */
  readonly traits: ReadonlyMap<string, PlacedTrait>;
  readonly omissions: readonly Omission[];
}

/**
 * Reads `paginators-1.json`. Loops over pages hand on one token, which is a member of the output:
 * what needs more is left out, with the reason. `more_results` is not asked for: a service that has
 * no more results gives no token.
 */
export function readPaginators(
  value: unknown,
  address: Address,
  operations: Operations,
  shapes: ReadonlyMap<string, ModelShape>,
): Paginators {
  const document = readObject(value, address);
  refuseUnknownProperties(document, ["version", "pagination"], address);
  const paginators = readProperty(document, "pagination", address, readObject);
  const traits = new Map<string, PlacedTrait>();
  const omissions: Omission[] = [];
  for (const name of Object.keys(paginators)) {
    const at = within(address, "pagination", name);
    const operation = findOperation(operations, name, at);
    const paginator = readPaginator(paginators[name], at);
    const { inputTokens, outputTokens, limitKey, resultKeys } = paginator;
    const need = describeNeed(paginator);
    if (need !== undefined) {
      omissions.push({ id: `${operation.id}$pages`, reason: need });
      continue;
    }
    const items = findItems(resultKeys, operation, shapes, within(at, words.items));
    traits.set(operation.id, {
      trait,
      value: {
        inputToken: inputTokens[0],
        outputToken: outputTokens[0],
        ...(limitKey !== undefined && { pageSize: limitKey }),
        ...(items !== undefined && { items }),
      },
      origin: ([word, ...rest]) =>
        word === undefined ? at : within(at, words[word as keyof typeof words] ?? word, ...rest),
    });
  }
  return { traits, omissions };
}

const path = /^\w+(?:\.\w+)*$/;

/** What the pages need that loops cannot do. */
function describeNeed({ inputTokens, outputTokens }: Paginator): string | undefined {
  if (inputTokens.length > 1 || outputTokens.length > 1) {
    return `its pages need several tokens (${inputTokens.join(", ")}), and loops hand on one`;
  }
  const odd = outputTokens.find((token) => !path.test(token));
  return odd === undefined
    ? undefined
    : `the token of its next page is ${odd}, and loops hand on a member as it is`;
}

interface Paginator {
  readonly inputTokens: readonly string[];
  readonly outputTokens: readonly string[];
  readonly limitKey: string | undefined;
  readonly resultKeys: readonly string[];
}

function readPaginator(value: unknown, address: Address): Paginator {
  const paginator = readObject(value, address);
  refuseUnknownProperties(paginator, keys, address);
  readOptional(paginator, "more_results", address, readString);
  readOptional(paginator, "non_aggregate_keys", address, (found, at) =>
    readArrayOf(found, at, readString),
  );
  return {
    inputTokens: readProperty(paginator, "input_token", address, readTexts),
    outputTokens: readProperty(paginator, "output_token", address, readTexts),
    limitKey: readOptional(paginator, "limit_key", address, readString),
    resultKeys: readOptional(paginator, "result_key", address, readTexts) ?? [],
  };
}

/** One string, or several. */
const readTexts: Reader<readonly string[]> = (value, address) => {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value) || value.length === 0) {
    throw mismatch(value, address, "a string or an array of strings");
  }
  return readArrayOf(value, address, readString);
};

/** What a page is a part of: the only list or map among the result keys, else nothing. */
function findItems(
  resultKeys: readonly string[],
  operation: ModelShape,
  shapes: ReadonlyMap<string, ModelShape>,
  address: Address,
): string | undefined {
  const output = operation.references.get("output")?.[0];
  const lists = resultKeys.filter((key) => {
    if (!path.test(key)) return false;
    const target = key
      .split(".")
      .reduce<ModelShape | undefined>(
        (shape, name) => shapes.get(findMember(shape, name, address)),
        shapes.get(output ?? ""),
      );
    return target?.type === "list" || target?.type === "map";
  });
  return lists.length === 1 ? lists[0] : undefined;
}

function findMember(shape: ModelShape | undefined, name: string, address: Address): string {
  const member = shape?.members.get(name);
  if (member !== undefined) return member.target;
  const owner =
    shape === undefined ? "its output" : `the ${shape.type} ${shape.id.replace(/^.*#/, "")}`;
  throw new ModelError(address, `${owner} has no member ${name}`);
}
