import { publicNames } from "../emit/core/index-file.ts";
import { nameUnionMembers, paginationValues, waiterTypes, waiterValues } from "../ir/naming.ts";
import type { ModelPair, Side } from "./model-pair.ts";
import type { Finding, Rule } from "./rule.ts";
import { quote, same } from "./rule.ts";

/** Rules about names that generated code gives, which depend on what other names there are. */
export const nameRules: readonly Rule[] = [
  {
    name: "name-changed",
    finds: "a generated name gives way to a new shape or operation of that name",
    class: "major",
    group: "changed",
    reason: "Code that uses the name meets something else there.",
    find: findChangedNames,
  },
  {
    name: "name-hidden",
    finds:
      "a new shape takes the name of something that every package exports, such as `Transport`",
    class: "major",
    group: "changed",
    reason: "Code that imports the name meets something else there.",
    find: ({ old, new: next, shapes }) => {
      const after = runtimeNames(next);
      const hidden = [...runtimeNames(old)].filter((name) => !after.has(name));
      return hidden.flatMap((name) => {
        const shape = shapes.added.find((added) => added.name === name);
        if (shape === undefined || isOptionalExport(name)) return [];
        const predicate = same(
          "takes the place of the type or function that was exported under this name",
        );
        return [{ address: shape.id, subject: quote(name), predicate }];
      });
    },
  },
];

function findChangedNames({ old, new: next, operations, shapes }: ModelPair): readonly Finding[] {
  const changed = (address: string, before: object, after: object): readonly Finding[] => {
    const names = Object.entries(after) as readonly (readonly [string, unknown])[];
    return names.flatMap(([role, name]) => {
      const former = (before as { readonly [role: string]: unknown })[role];
      if (former === name || typeof former !== "string" || typeof name !== "string") return [];
      return [{ address, subject: quote(former), predicate: same(`is now called ${quote(name)}`) }];
    });
  };
  const isSameService = old.service.sdkId === next.service.sdkId;
  return [
    ...(isSameService ? changed(next.service.id, old.plan.names, next.plan.names) : []),
    ...operations.kept.flatMap((both) => {
      const [before, after] = [planOf(old, both.old.name), planOf(next, both.new.name)];
      return before && after ? changed(both.new.id, namesOf(before), namesOf(after)) : [];
    }),
    ...shapes.kept
      .filter(({ old: from, new: to }) => from.type === "union" && to.type === "union")
      .flatMap(({ old: from, new: to }) =>
        changed(
          to.id,
          { members: nameUnionMembers(from, old.service) },
          { members: nameUnionMembers(to, next.service) },
        ),
      ),
  ];
}

type Planned = Side["plan"]["operations"][number];

function planOf({ plan }: Side, name: string): Planned | undefined {
  return plan.operations.find(({ operation }) => operation.name === name);
}

/** The names that an operation has in generated code; those of pages only where there are pages. */
function namesOf({ names, waiters, operation: { pagination } }: Planned): object {
  const { pages, items, file: _file, ...always } = names;
  return {
    ...always,
    ...(pagination !== undefined && { pages }),
    ...(pagination?.items !== undefined && { items }),
    ...Object.fromEntries(waiters.map(({ waiter, name }) => [`waiter ${waiter.name}`, name])),
  };
}

function runtimeNames({ plan }: Side): ReadonlySet<string> {
  const runtime = publicNames(plan).filter(({ from }) => from === "@pawprint/runtime");
  return new Set(runtime.flatMap(({ values, types }) => [...values, ...types]));
}

/** What comes and goes with pages and waiters, which have rules of their own. */
function isOptionalExport(name: string): boolean {
  return [...paginationValues, ...waiterTypes, ...waiterValues].includes(name);
}
