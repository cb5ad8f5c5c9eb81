import { printCode } from "../emit/code.ts";
import { emitDocComment } from "../emit/docs.ts";
import { emitCoreReadme } from "../emit/readme.ts";
import type { Deprecation, Operation } from "../ir/service.ts";
import type { Member, Shape } from "../ir/shape.ts";
import { sampleInput, sampleOutput } from "../samples/operation-sample.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Both, ModelPair, Side } from "./model-pair.ts";
import { isSameKind, pairByName, subjectOf } from "./model-pair.ts";
import type { Finding, Rule } from "./rule.ts";
import { being, quote, same } from "./rule.ts";
import { isEnum } from "./shape-rules.ts";
import { pairWaiters } from "./waiter-rules.ts";

/** Rules about what generated code tells people. */
export const documentationRules: readonly Rule[] = [
  {
    name: "deprecated",
    finds: "something is deprecated from now on",
    class: "minor",
    group: "changed",
    reason: "Code compiles and runs, with a mark in editors, and in the output of some linters.",
    find: (pair) =>
      documented(pair)
        .filter(({ old, new: next }) => !old.deprecated && next.deprecated)
        .map((both) => describe(both, being(`deprecated${describeReason(both.new.deprecated)}`))),
  },
  {
    name: "deprecation-changed",
    finds: "something deprecated for another reason, or no longer",
    class: "patch",
    group: "docs",
    reason: "Only documentation says otherwise.",
    find: (pair) =>
      documented(pair)
        .filter(({ old }) => old.deprecated)
        .filter(
          ({ old, new: next }) =>
            print({ deprecated: old.deprecated }) !== print({ deprecated: next.deprecated }),
        )
        .map((both) =>
          describe(
            both,
            being(
              both.new.deprecated
                ? `deprecated for another reason${describeReason(both.new.deprecated)}`
                : "no longer deprecated",
            ),
          ),
        ),
  },
  {
    name: "documentation",
    finds: "other documentation, as it is printed",
    class: "patch",
    group: "docs",
    reason: "No code is affected.",
    find: (pair) =>
      documented(pair)
        .filter(
          ({ old, new: next }) =>
            print({ documentation: old.documentation }) !==
            print({ documentation: next.documentation }),
        )
        .map((both) => describe(both, ["has new documentation", "have new documentation"])),
  },
  {
    name: "example",
    finds: "another first example of an operation",
    class: "patch",
    group: "docs",
    reason: "READMEs show it, and mocks answer with it where a test says nothing.",
    find: findExamples,
  },
];

/** Something with a doc comment of its own. */
interface Documented {
  readonly address: string;
  readonly subject: string;
  readonly documentation: string | undefined;
  readonly deprecated: Deprecation | undefined;
}

function documented(pair: ModelPair): readonly Both<Documented>[] {
  const { operations, shapes, members, old, new: next } = pair;
  const service = both({ old: old.service, new: next.service }, ({ id, sdkId, documentation }) => ({
    address: id,
    subject: quote(sdkId),
    documentation,
    deprecated: undefined,
  }));
  return [
    service,
    ...operations.kept.map((kept) => both<Named>(kept, documentNamed)),
    ...shapes.kept
      .filter((kept) => isSameKind(kept.old, kept.new))
      .map((kept) => both<Named>(kept, documentNamed)),
    ...members.kept.map((kept) => {
      const pairOf = { old: kept.old.member, new: kept.new.member };
      return both(pairOf, (member) => documentMember(member, pairOf, subjectOf(kept.new)));
    }),
    ...shapes.kept.flatMap((kept) => pairEnumValues(kept)),
    ...pairWaiters(pair).flatMap((waiters) =>
      waiters.kept.map((kept) =>
        both(kept, ({ planned, waiting }) => ({
          address: planned.operation.id,
          subject: quote(waiting.name),
          documentation: waiting.waiter.documentation,
          deprecated: waiting.waiter.deprecated,
        })),
      ),
    ),
  ];
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly documentation: string | undefined;
  readonly deprecated: Deprecation | undefined;
}

function documentNamed({ id, name, documentation, deprecated }: Named): Documented {
  return { address: id, subject: quote(name), documentation, deprecated };
}

function both<Item>(
  { old, new: next }: Both<Item>,
  document: (item: Item) => Documented,
): Both<Documented> {
  return { old: document(old), new: document(next) };
}

/** A member without documentation of its own shows that of its shape. */
function documentMember(member: Member, pair: Both<Member>, subject: string): Documented {
  const isInherited = [pair.old, pair.new].every(
    ({ documentation, deprecated }) => documentation === undefined && deprecated === undefined,
  );
  const isSame = pair.old.target.name === pair.new.target.name;
  return {
    address: isInherited && isSame ? member.target.id : member.id,
    subject,
    documentation: member.documentation ?? member.target.documentation,
    deprecated: member.deprecated ?? member.target.deprecated,
  };
}

function pairEnumValues({ old, new: next }: Both<Shape>): readonly Both<Documented>[] {
  if (!isEnum(old) || !isEnum(next) || !isSameKind(old, next)) return [];
  const { kept } = pairByName<(typeof next.values)[number]>(
    old.values,
    next.values,
    ({ name }) => name,
  );
  return kept.map((values) =>
    both(values, ({ name, documentation, deprecated }) => ({
      address: `${next.id}$${name}`,
      subject: `\`${next.name}.${name}\``,
      documentation,
      deprecated,
    })),
  );
}

function describe(
  { new: { address, subject } }: Both<Documented>,
  predicate: Finding["predicate"],
): Finding {
  return { address, subject, predicate };
}

function describeReason(deprecation: Deprecation | undefined): string {
  const { message, since } = deprecation ?? { message: undefined, since: undefined };
  const start = since === undefined ? "" : ` since ${since}`;
  return message === undefined ? start : `${start}: ${message.trim().replace(/\.$/, "")}`;
}

function print(parts: Parameters<typeof emitDocComment>[0]): string {
  const comment = emitDocComment(parts);
  return comment === undefined ? "" : printCode(comment);
}

function findExamples({ operations, old, new: next }: ModelPair): readonly Finding[] {
  const id = "smithy.api#examples";
  const changed = operations.kept.filter(
    (both) => canonicalJson(both.old.traits.get(id)) !== canonicalJson(both.new.traits.get(id)),
  );
  if (changed.length === 0) return [];
  const isReadmeNew = printReadmeExamples(old) !== printReadmeExamples(next);
  const differs = (both: Both<Operation>, sample: (operation: Operation) => unknown): boolean =>
    canonicalJson(sample(both.old)) !== canonicalJson(sample(both.new));
  return changed
    .filter((both) => differs(both, sampleOutput) || (isReadmeNew && differs(both, sampleInput)))
    .map(({ new: { id: address, name } }) => ({
      address,
      subject: quote(name),
      predicate: same("has another example"),
    }));
}

/** READMEs show the inputs of few operations. */
function printReadmeExamples({ plan }: Side): string {
  return (emitCoreReadme(plan).text.match(/^```ts$[\s\S]*?^```$/gm) ?? []).join("\n");
}
