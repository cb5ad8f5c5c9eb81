import { printCode } from "../emit/code.ts";
import { emitHostPrefix } from "../emit/core/host-prefix.ts";
import { isCompressible } from "../emit/core/operation-file.ts";
import { emitEndpointParameters } from "../endpoints/parameters.ts";
import type { EndpointRules } from "../ir/endpoint-rules.ts";
import type { MemberPath } from "../ir/pagination.ts";
import type { Operation, Service } from "../ir/service.ts";
import type { StructureShape } from "../ir/shape.ts";
import type { Both, ModelPair } from "./model-pair.ts";
import { pairByName } from "./model-pair.ts";
import type { Finding, Predicate, Rule } from "./rule.ts";
import { being, quote, same } from "./rule.ts";

const authTexts: { readonly [auth in Operation["auth"]]: string } = {
  none: "called without a signature",
  optional: "signed where there are credentials",
  sigv4: "signed",
};

/** Rules about operations, their errors and their pages. */
export const operationRules: readonly Rule[] = [
  {
    name: "operation-removed",
    finds: "an operation is gone",
    class: "major",
    group: "changed",
    reason:
      "Its function, its method and its mock are gone with it, also where it only got another name.",
    find: ({ operations }) => operations.removed.map((removed) => describe(removed, being("gone"))),
  },
  {
    name: "operation-added",
    finds: "a new operation",
    class: "minor",
    group: "added",
    reason: "There is more to call.",
    find: ({ operations }) =>
      operations.added.map((added) =>
        describe(added, ["is a new operation", "are new operations"]),
      ),
  },
  {
    name: "input-changed",
    finds: "an operation takes another structure, nothing any more, or something that it needs",
    class: "major",
    group: "changed",
    reason: "Calls that were written for the old input do not fit the new one.",
    find: (pair) =>
      findShapes(pair, "input", (old, next) =>
        old === undefined ? next !== undefined && isNeeded(next) : old.name !== next?.name,
      ),
  },
  {
    name: "input-added",
    finds: "an operation that took nothing takes something that can be left out",
    class: "minor",
    group: "added",
    reason: "A call without input still compiles and means the same.",
    find: (pair) =>
      findShapes(
        pair,
        "input",
        (old, next) => old === undefined && next !== undefined && !isNeeded(next),
      ),
  },
  {
    name: "output-changed",
    finds: "an operation gives another structure, or nothing any more",
    class: "major",
    group: "changed",
    reason: "Code that reads the old result does not fit the new one.",
    find: (pair) =>
      findShapes(pair, "output", (old, next) => old !== undefined && old.name !== next?.name),
  },
  {
    name: "output-added",
    finds: "an operation that gave nothing gives something",
    class: "minor",
    group: "added",
    reason: "Nobody read it so far.",
    find: (pair) =>
      findShapes(pair, "output", (old, next) => old === undefined && next !== undefined),
  },
  {
    name: "error-listed",
    finds: "an operation lists one more error",
    class: "minor",
    group: "added",
    reason:
      "A service answers with errors that its model does not list, so that code has to expect others; now this one has a type.",
    find: (pair) =>
      findErrors(pair, "added", (error) => same(`may answer with the error ${quote(error)}`)),
  },
  {
    name: "error-unlisted",
    finds: "an operation no longer lists an error",
    class: "major",
    group: "changed",
    reason:
      "It leaves the union of the operation's errors, and code that looks for it there no longer compiles.",
    find: (pair) =>
      findErrors(pair, "removed", (error) => [
        `no longer lists the error ${quote(error)}`,
        `no longer list the error ${quote(error)}`,
      ]),
  },
  {
    name: "auth",
    finds: "an operation is called with a signature from now on, or without one",
    class: "minor",
    group: "changed",
    reason:
      "Code calls it as before, and a client that has credentials uses them where they count.",
    find: (pair) => findPrinted(pair, ({ auth }) => authTexts[auth]),
  },
  {
    name: "checksum",
    finds: "an operation's requests carry a checksum of their body from now on, or no longer",
    class: "minor",
    group: "changed",
    reason: "The same calls send one more header.",
    find: (pair) =>
      findPrinted(pair, ({ traits }) =>
        traits.has("smithy.api#httpChecksumRequired")
          ? "sent with a checksum"
          : "sent without a checksum",
      ),
  },
  {
    name: "compression",
    finds: "an operation's requests are compressed from now on, or no longer",
    class: "minor",
    group: "changed",
    reason: "The same calls send the same content in fewer bytes.",
    find: (pair) =>
      findPrinted(pair, (operation) =>
        isCompressible(operation) ? "sent compressed" : "sent as they are",
      ),
  },
  {
    name: "host-prefix",
    finds: "an operation goes to a host of its own, or to another one",
    class: "minor",
    group: "changed",
    reason: "Code calls it as before; the service answers elsewhere.",
    find: (pair) =>
      findPrinted(pair, (operation, { source }) => {
        const prefix = emitHostPrefix(operation, [source, operation.id]);
        return prefix === undefined
          ? "sent to the service's own host"
          : `sent to the host of ${quote(printCode(prefix).replace(/^.*?=> /s, ""))}`;
      }),
  },
  {
    name: "endpoint-parameters",
    finds: "other values of an operation decide to which endpoint it goes",
    class: "minor",
    group: "changed",
    reason: "Code calls it as before; the service answers elsewhere.",
    find: (pair) =>
      findPrinted(pair, (operation, { source }, endpointRules) => {
        const printed = emitEndpointParameters(operation, endpointRules, [source, operation.id]);
        return printed === undefined
          ? "sent to the same endpoint whatever the input"
          : `sent to the endpoint for ${quote(
              printCode(printed)
                .replace(/^.*?=> /s, "")
                .replaceAll(/\s+/g, " "),
            )}`;
      }),
  },
  {
    name: "pages-added",
    finds: "an operation gives its result in pages",
    class: "minor",
    group: "added",
    reason: "There are functions to go over them; single calls stay as they are.",
    find: (pair) =>
      findPages(pair, (old, next) => !old && next !== undefined && being("read page by page, too")),
  },
  {
    name: "pages-removed",
    finds: "an operation no longer gives its result in pages",
    class: "major",
    group: "changed",
    reason: "The functions that went over them are gone.",
    find: (pair) =>
      findPages(
        pair,
        (old, next) => old !== undefined && !next && being("no longer read page by page"),
      ),
  },
  {
    name: "items-added",
    finds: "the items on an operation's pages can be read one by one",
    class: "minor",
    group: "added",
    reason: "There is a function more.",
    find: (pair) =>
      findPages(
        pair,
        (old, next) =>
          old !== undefined &&
          !old.items &&
          next?.items !== undefined &&
          being("read item by item, too"),
      ),
  },
  {
    name: "items-changed",
    finds: "the items on an operation's pages are others, or can no longer be read one by one",
    class: "major",
    group: "changed",
    reason: "The function that gives them is gone, or gives something else.",
    find: (pair) =>
      findPages(
        pair,
        (old, next) =>
          old?.items !== undefined &&
          next !== undefined &&
          printPath(old.items) !== printPath(next.items) &&
          being(
            next.items === undefined
              ? "no longer read item by item"
              : `read by the items of ${quote(printPath(next.items))}, formerly ${quote(printPath(old.items))}`,
          ),
      ),
  },
  {
    name: "pages-changed",
    finds: "an operation's pages are asked for by other members",
    class: "patch",
    group: "fixed",
    reason:
      "The same loops run; they ask for the next page in the way that the service understands.",
    find: (pair) =>
      findPages(pair, (old, next) => {
        if (old === undefined || next === undefined || printTokens(old) === printTokens(next)) {
          return false;
        }
        return being(`read page by page with ${printTokens(next)}, formerly ${printTokens(old)}`);
      }),
  },
];

export function describe({ id, name }: Operation, predicate: Predicate): Finding {
  return { address: id, subject: quote(name), predicate };
}

function findShapes(
  { operations }: ModelPair,
  role: "input" | "output",
  matches: (old: StructureShape | undefined, next: StructureShape | undefined) => boolean,
): readonly Finding[] {
  const [one, several] = role === "input" ? ["takes", "take"] : ["gives", "give"];
  return operations.kept
    .filter(({ old, new: next }) => matches(old[role], next[role]))
    .map(({ old, new: next }) => {
      const [before, after] = [old[role], next[role]].map((shape) =>
        shape === undefined ? "nothing" : quote(shape.name),
      );
      return describe(next, [
        `${one} ${after}, formerly ${before}`,
        `${several} ${after}, formerly ${before}`,
      ]);
    });
}

/** Whether a call has to give something of it. */
function isNeeded({ members }: StructureShape): boolean {
  return members.some(({ required }) => required);
}

function findErrors(
  { operations }: ModelPair,
  which: "added" | "removed",
  tell: (error: string) => Predicate,
): readonly Finding[] {
  return operations.kept.flatMap(({ old, new: next }) =>
    pairByName(old.errors, next.errors, ({ name }) => name)[which].map(({ name }) =>
      describe(next, tell(name)),
    ),
  );
}

/** Operations of which generated code says something else than before. */
function findPrinted(
  { operations, old, new: next }: ModelPair,
  print: (operation: Operation, service: Service, endpointRules: EndpointRules) => string,
): readonly Finding[] {
  return operations.kept.flatMap((both) => {
    const before = print(both.old, old.service, old.plan.endpointRules);
    const after = print(both.new, next.service, next.plan.endpointRules);
    return before === after ? [] : [describe(both.new, being(`${after}, formerly ${before}`))];
  });
}

type Pages = Operation["pagination"];

function findPages(
  { operations }: ModelPair,
  tell: (old: Pages, next: Pages) => Predicate | false,
): readonly Finding[] {
  return operations.kept.flatMap(({ old, new: next }: Both<Operation>) => {
    const predicate = tell(old.pagination, next.pagination);
    return predicate === false ? [] : [describe(next, predicate)];
  });
}

function printPath(path: MemberPath | undefined): string {
  return (path ?? []).map(({ name }) => name).join(".");
}

function printTokens({ inputToken, outputToken, pageSize }: NonNullable<Pages>): string {
  const names = [inputToken.name, printPath(outputToken), pageSize?.name];
  return names
    .filter((name) => name !== undefined)
    .map(quote)
    .join(", ");
}
