import type { Member } from "../ir/shape.ts";
import type { ModelPair, OwnedMember, Side } from "./model-pair.ts";
import { isAggregate, isSameKind, subjectOf } from "./model-pair.ts";
import { placeOf } from "./place.ts";
import type { Finding, Predicate, Rule } from "./rule.ts";
import { being, quote } from "./rule.ts";
import { relateTypes } from "./type-rules.ts";

/** Rules about the members of structures, unions and errors. */
export const memberRules: readonly Rule[] = [
  {
    name: "member-removed",
    finds: "a member is gone",
    class: "major",
    group: "changed",
    reason:
      "Code that gives or reads it no longer compiles; a name that differs is another member.",
    find: (pair) => pair.members.removed.map((owned) => describe(pair, owned, being("gone"))),
  },
  {
    name: "required-member-added",
    finds: "a new member that is required",
    class: { input: "major", output: "minor" },
    group: "added",
    reason: "A caller has to give it from now on. A reader gets more than before.",
    find: (pair) => findAdded(pair, true, being("new, and required")),
  },
  {
    name: "member-added",
    finds: "a new member that may be left out",
    class: "minor",
    group: "added",
    reason:
      "Nothing that was given or read before changes. A union is read with `$unknown` in mind, which a new member was until now.",
    find: (pair) => findAdded(pair, false, being("new")),
  },
  {
    name: "member-required",
    finds: "an optional member becomes required",
    class: { input: "major", output: "minor" },
    group: "changed",
    reason: "A caller who left it out is refused. A reader need no longer think of its absence.",
    find: (pair) => findPresence(pair, true, being("required now")),
  },
  {
    name: "member-optional",
    finds: "a required member becomes optional",
    class: { input: "minor", output: "major" },
    group: "changed",
    reason:
      "A caller may leave it out. A reader's type gets `undefined`, with which code written for a value does not compile.",
    find: (pair) => findPresence(pair, false, being("no longer required")),
  },
  {
    name: "default-added",
    finds: "a result that lacks a member gets a default for it",
    class: "minor",
    group: "changed",
    reason: "A reader had to think of its absence before, and gets a value now.",
    find: (pair) =>
      findDefaults(pair, (before, after) => before === undefined && after !== undefined),
  },
  {
    name: "default-changed",
    finds: "the default that a result gets is another one, or none",
    class: "major",
    group: "changed",
    reason: "Code that took the absent value for the old default does something else now.",
    find: (pair) => findDefaults(pair, (before, after) => before !== undefined && before !== after),
  },
  {
    name: "idempotency-token-added",
    finds: "clients fill a member with a new UUID where the caller gives none",
    class: { input: "minor", output: "patch" },
    group: "changed",
    reason: "A call that is sent again no longer takes effect twice; nothing else changes.",
    find: (pair) => findTokens(pair, true),
  },
  {
    name: "idempotency-token-removed",
    finds: "clients no longer fill a member with a UUID",
    class: { input: "major", output: "patch" },
    group: "changed",
    reason: "Code that relied on it now sends calls that may take effect twice.",
    find: (pair) => findTokens(pair, false),
  },
  {
    name: "timestamp-format",
    finds: "a timestamp goes over the wire in another form",
    class: "patch",
    group: "fixed",
    reason: "It is a `Date` before and after; only the request differs, and fits the service.",
    find: findTimestampFormats,
  },
  {
    name: "sensitive",
    finds: "a value is kept out of messages from now on, or no longer",
    class: "patch",
    group: "changed",
    reason: "Only the texts of errors show it.",
    find: (pair) => [...findSensitiveValues(pair), ...findSensitiveShapes(pair)],
  },
];

function describe({ old }: ModelPair, owned: OwnedMember, predicate: Predicate): Finding {
  return {
    address: owned.member.id,
    subject: subjectOf(owned),
    predicate,
    directions: old.directionsOf(owned.owner),
  };
}

function findAdded(pair: ModelPair, required: boolean, predicate: Predicate): readonly Finding[] {
  return pair.members.added
    .filter(({ owner, member }) => pair.new.isPresent(owner, member) === required)
    .map((owned) => describe(pair, owned, predicate));
}

function findPresence(
  pair: ModelPair,
  required: boolean,
  predicate: Predicate,
): readonly Finding[] {
  const described = (owned: OwnedMember): Predicate =>
    !required && pair.old.directionsOf(owned.owner).output
      ? being("no longer required, and may be `undefined` in results")
      : predicate;
  const isPresent = (side: Side, { owner, member }: OwnedMember) => side.isPresent(owner, member);
  return pair.members.kept
    .filter((both) => isPresent(pair.new, both.new) === required)
    .filter((both) => isPresent(pair.old, both.old) !== required)
    .map(({ new: owned }) => describe(pair, owned, described(owned)));
}

function findDefaults(
  pair: ModelPair,
  matches: (before: string | undefined, after: string | undefined) => boolean,
): readonly Finding[] {
  const defaultOf = (side: Side, { owner, member }: OwnedMember): string | undefined =>
    member.default === undefined ? undefined : JSON.stringify(side.fill(owner, member));
  return pair.members.kept.flatMap((both) => {
    const [before, after] = [defaultOf(pair.old, both.old), defaultOf(pair.new, both.new)];
    if (!matches(before, after)) return [];
    const text = `${after ?? "nothing"} where a result lacks it`;
    const formerly = before === undefined ? "" : `, formerly ${before}`;
    return [describe(pair, both.new, being(text + formerly))];
  });
}

function findTokens(pair: ModelPair, isToken: boolean): readonly Finding[] {
  const end = "a UUID where a call does not give it";
  const predicate: Predicate = isToken
    ? [`becomes ${end}`, `become ${end}`]
    : [`no longer becomes ${end}`, `no longer become ${end}`];
  return pair.members.kept
    .filter(({ old, new: next }) => old.member.idempotencyToken !== next.member.idempotencyToken)
    .filter(({ new: { member } }) => member.idempotencyToken === isToken)
    .map((both) => describe(pair, both.new, predicate));
}

function timestampFormat({ target, timestampFormat: own }: Member): string | undefined {
  return target.type === "timestamp" ? (own ?? target.format ?? "epoch-seconds") : undefined;
}

function findTimestampFormats({ values }: ModelPair): readonly Finding[] {
  return values.flatMap((value) => {
    const [before, after] = [timestampFormat(value.old), timestampFormat(value.new)];
    if (before === undefined || after === undefined || before === after) return [];
    const place = placeOf(value, (member) => member.timestampFormat === undefined);
    const end = `sent as \`${after}\`, formerly as \`${before}\``;
    return [{ ...place, predicate: being(end) }];
  });
}

function findSensitiveValues({ values }: ModelPair): readonly Finding[] {
  return values
    .filter(({ old, new: next }) => relateTypes(old.target, next.target) !== "changed")
    .filter(({ old, new: next }) => isMarked(old) !== isMarked(next))
    .map((value) => ({
      ...placeOf(value, (member, shape) => member.sensitive === shape.sensitive),
      predicate: describeSensitive(isMarked(value.new)),
    }));
}

/** Whether the member is sensitive by what it says itself: a structure or union says it once for all. */
function isMarked({ sensitive, target }: Member): boolean {
  return isAggregate(target) ? sensitive && !target.sensitive : sensitive;
}

function findSensitiveShapes({ shapes }: ModelPair): readonly Finding[] {
  return shapes.kept
    .filter(({ old, new: next }) => isSameKind(old, next) && isAggregate(next))
    .filter(({ old, new: next }) => old.sensitive !== next.sensitive)
    .map(({ new: next }) => ({
      address: next.id,
      subject: quote(next.name),
      predicate: describeSensitive(next.sensitive),
    }));
}

function describeSensitive(sensitive: boolean): Predicate {
  return sensitive
    ? being("kept out of the messages of errors")
    : being("no longer kept out of the messages of errors");
}
