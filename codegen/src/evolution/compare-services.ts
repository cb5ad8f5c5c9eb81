import type { Service } from "../ir/service.ts";
import type { Bump, Change, ChangeClass, ChangeGroup } from "./change.ts";
import { changeClasses, strongestOf } from "./change.ts";
import { pairModels } from "./model-pair.ts";
import type { Finding, Predicate, Rule } from "./rule.ts";
import { rules } from "./rules.ts";

/** What changed between two models, and what the next version has to say of it. */
export interface Comparison {
  readonly bump: Bump;
  /** The strongest first. */
  readonly changes: readonly ToldChange[];
}

/** A change with what a changelog needs to tell it together with others. */
export interface ToldChange extends Change {
  readonly subjects: readonly string[];
  readonly predicate: Predicate;
  readonly implied: boolean;
}

/** Compares two service models by what a user of their generated packages meets. */
export function compareServices(old: Service, next: Service): Comparison {
  const pair = pairModels(old, next);
  const changes = rules.flatMap((rule) => mergeFindings(rule, [...rule.find(pair)]));
  const sorted = changeClasses.flatMap((strength) =>
    changes.filter((change) => change.class === strength),
  );
  return { bump: strongestOf(changes.map((change) => change.class)), changes: sorted };
}

/** What a rule finds at one place through several members is one change. */
function mergeFindings(rule: Rule, findings: readonly Finding[]): readonly ToldChange[] {
  const places = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.address, finding.predicate]);
    places.set(key, [...(places.get(key) ?? []), finding]);
  }
  return [...places.values()].map((found) => describeChange(rule, found));
}

function describeChange(rule: Rule, findings: readonly Finding[]): ToldChange {
  const [{ address, predicate }] = findings as [Finding, ...Finding[]];
  const subjects = [...new Set(findings.map(({ subject }) => subject))];
  const strength = strongestOf(findings.flatMap((finding) => classesOf(rule, finding)));
  const changeClass = strength === "none" ? "patch" : strength;
  const group: ChangeGroup = changeClass === "major" ? "breaking" : rule.group;
  return {
    address,
    class: changeClass,
    rule: rule.name,
    group,
    message: writeSentence(subjects, predicate),
    subjects,
    predicate,
    implied: rule.implied ?? false,
  };
}

function classesOf({ class: own }: Rule, { directions }: Finding): readonly ChangeClass[] {
  if (typeof own === "string") return [own];
  return [...(directions?.input ? [own.input] : []), ...(directions?.output ? [own.output] : [])];
}

/** `` `A` and `B` are new. `` */
export function writeSentence(subjects: readonly string[], [ofOne, ofSeveral]: Predicate): string {
  const text = `${joinNames(subjects)} ${subjects.length === 1 ? ofOne : ofSeveral}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A list that nobody would read to its end is counted from some name on. */
function joinNames(names: readonly string[]): string {
  const shown = names.length > mostNames ? names.slice(0, mostNames - 1) : names.slice(0, -1);
  const last = names.length > mostNames ? `${names.length - shown.length} others` : names.at(-1);
  return shown.length === 0 ? (last ?? "") : `${shown.join(", ")} and ${last}`;
}

const mostNames = 8;
