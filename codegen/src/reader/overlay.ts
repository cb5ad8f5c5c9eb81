import type { CredentialRefusal, DatedRule } from "../ir/service.ts";
import { credentialSources } from "../ir/service.ts";
import {
  mismatch,
  readArrayOf,
  readObject,
  readObjectOf,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
} from "./json.ts";
import type { Model, ModelShape } from "./model.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";
import { withTraits } from "./smithy-ast.ts";

/** A small file beside a model that adds what the model does not say. Every entry has a source. */
export interface Overlay {
  readonly file: string;
  /** The service that it belongs to, so that it is not taken for another one's; absent where it does not say. */
  readonly service: string | undefined;
  readonly rules: readonly DatedRule[];
  readonly credentialRefusals: readonly CredentialRefusal[];
  readonly corrections: readonly Correction[];
  readonly harmlessTraits: readonly HarmlessTrait[];
}

/** Traits that a shape or member gets, or loses where the value is `null`. */
export interface Correction {
  readonly target: string;
  readonly traits: ReadonlyMap<string, unknown>;
  readonly reason: string;
  readonly source: string;
  readonly address: Address;
}

/** A trait that the generator does not know and that changes nothing on the wire. */
export interface HarmlessTrait {
  readonly trait: string;
  readonly reason: string;
}

export function readOverlay(value: unknown, file: string): Overlay {
  const address: Address = [file];
  const overlay = readObject(value, address);
  refuseUnknownProperties(
    overlay,
    ["service", "rules", "credentialRefusals", "corrections", "harmlessTraits"],
    address,
  );
  const readAll = <Entry>(name: string, read: (value: unknown, at: Address) => Entry) =>
    readOptional(overlay, name, address, (found, at) => readArrayOf(found, at, read)) ?? [];
  return {
    file,
    service: readOptional(overlay, "service", address, readString),
    rules: readAll("rules", readRule),
    credentialRefusals: readAll("credentialRefusals", readCredentialRefusal),
    corrections: readAll("corrections", readCorrection),
    harmlessTraits: readAll("harmlessTraits", readHarmlessTrait),
  };
}

/** The model with the overlay's corrections made and its rules attached. The model itself stays as it is. */
export function applyOverlay(model: Model, overlay: Overlay | undefined): Model {
  if (overlay === undefined) return model;
  checkService(overlay, model);
  const shapes = new Map(model.shapes);
  for (const { target, traits, address } of overlay.corrections) {
    const [shape, memberName] = findTarget(target, shapes, address, model.file);
    shapes.set(shape.id, withTraits(shape, memberName, traits, address));
  }
  for (const [index, rule] of overlay.rules.entries()) {
    for (const target of rule.targets) {
      findTarget(target, shapes, [overlay.file, `/rules/${index}/targets`], model.file);
    }
  }
  const credentialRefusals = overlay.credentialRefusals.map((refusal, index) => ({
    ...refusal,
    operations: refusal.operations.map((id) =>
      findOperation(id, model, [overlay.file, `/credentialRefusals/${index}/operations`]),
    ),
  }));
  return {
    ...model,
    shapes,
    rules: [...model.rules, ...overlay.rules],
    credentialRefusals: [...model.credentialRefusals, ...credentialRefusals],
    harmlessTraits: new Set([
      ...model.harmlessTraits,
      ...overlay.harmlessTraits.map(({ trait }) => trait),
    ]),
  };
}

function checkService({ file, service }: Overlay, model: Model): void {
  if (service === undefined || model.shapes.get(service)?.type === "service") return;
  throw new ModelError(
    [file, "/service"],
    `${service} is no service of ${model.file}; give each model its own overlay`,
  );
}

/** The name of an operation, which errors and requests know it by. */
function findOperation(id: string, model: Model, address: Address): string {
  if (model.shapes.get(id)?.type === "operation") return id.slice(id.indexOf("#") + 1);
  throw new ModelError(address, `${id} is no operation of ${model.file}`);
}

function findTarget(
  target: string,
  shapes: ReadonlyMap<string, ModelShape>,
  address: Address,
  modelFile: string,
): readonly [ModelShape, string | undefined] {
  const [shapeId = "", memberName] = target.split("$");
  const shape = shapes.get(shapeId);
  if (shape === undefined || (memberName !== undefined && !shape.members.has(memberName))) {
    throw new ModelError(address, `${target} is not in ${modelFile}`);
  }
  return [shape, memberName];
}

function readRule(value: unknown, address: Address): DatedRule {
  const rule = readObject(value, address);
  refuseUnknownProperties(
    rule,
    ["id", "targets", "since", "until", "statement", "values", "source"],
    address,
  );
  return {
    id: readProperty(rule, "id", address, readString),
    targets: readProperty(rule, "targets", address, (found, at) =>
      readArrayOf(found, at, readString),
    ),
    since: readOptional(rule, "since", address, readDate),
    until: readOptional(rule, "until", address, readDate),
    statement: readProperty(rule, "statement", address, readString),
    values:
      readOptional(rule, "values", address, (found, at) =>
        readObjectOf(found, at, readRuleValue),
      ) ?? {},
    source: readProperty(rule, "source", address, readString),
  };
}

function readCredentialRefusal(value: unknown, address: Address): CredentialRefusal {
  const refusal = readObject(value, address);
  const names = ["operations", "errors", "credentials", "advice", "source"];
  refuseUnknownProperties(refusal, names, address);
  const readTexts = (name: string) =>
    readProperty(refusal, name, address, (found, at) => readArrayOf(found, at, readString));
  return {
    operations: readTexts("operations"),
    errors: readTexts("errors"),
    credentials: readProperty(refusal, "credentials", address, (found, at) =>
      readArrayOf(found, at, readCredentialSource),
    ),
    advice: readProperty(refusal, "advice", address, readString),
    source: readProperty(refusal, "source", address, readString),
  };
}

function readCredentialSource(
  value: unknown,
  address: Address,
): CredentialRefusal["credentials"][number] {
  const known = credentialSources.find((source) => source === value);
  if (known !== undefined) return known;
  throw mismatch(value, address, `one of ${credentialSources.join(", ")}`);
}

function readRuleValue(value: unknown, address: Address): DatedRule["values"][string] {
  if (Array.isArray(value)) return readArrayOf(value, address, readString);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  throw mismatch(value, address, "a string, a number, true, false or an array of strings");
}

function readDate(value: unknown, address: Address): string {
  const text = readString(value, address);
  if (/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text) && isDay(text)) return text;
  throw mismatch(value, address, "a date (YYYY, YYYY-MM or YYYY-MM-DD)");
}

/** `Date` takes the 31st of a shorter month for a day of the next one. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function readCorrection(value: unknown, address: Address): Correction {
  const correction = readObject(value, address);
  refuseUnknownProperties(correction, ["target", "traits", "reason", "source"], address);
  return {
    target: readProperty(correction, "target", address, readString),
    traits: new Map(Object.entries(readProperty(correction, "traits", address, readObject))),
    reason: readProperty(correction, "reason", address, readString),
    source: readProperty(correction, "source", address, readString),
    address,
  };
}

function readHarmlessTrait(value: unknown, address: Address): HarmlessTrait {
  const entry = readObject(value, address);
  refuseUnknownProperties(entry, ["trait", "reason"], address);
  return {
    trait: readProperty(entry, "trait", address, readString),
    reason: readProperty(entry, "reason", address, readString),
  };
}
