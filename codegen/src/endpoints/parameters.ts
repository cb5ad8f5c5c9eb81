import { type Code, code } from "../emit/code.ts";
import { emitObject } from "../emit/literal.ts";
import type { EndpointParameter, EndpointRules } from "../ir/endpoint-rules.ts";
import type { Operation } from "../ir/service.ts";
import type { StructureShape } from "../ir/shape.ts";
import { findParameter } from "../reader/endpoint-rules.ts";
import {
  readArrayOf,
  readBoolean,
  readObject,
  readObjectOf,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "../reader/json.ts";
import { type Address, ModelError } from "../reader/model-error.ts";
import { type InputPath, readInputPath } from "./input-path.ts";
import { emitInputSelection } from "./input-selection.ts";

/**
 * Prints the function that collects the endpoint parameters of an operation from its model and its
 * input, or nothing where there are none: `(input) => ({ ResourceArn: input.TableName })`. Where
 * several sources give one parameter, the most specific does: a fixed value, then a member, then a
 * path.
 */
export function emitEndpointParameters(
  operation: Operation,
  ruleSet: EndpointRules,
  address: Address,
): Code | undefined {
  const traits = within(address, "traits");
  const sources = new Map([
    ...pathSources(operation, ruleSet, traits),
    ...memberSources(operation, ruleSet, address),
    ...staticSources(operation, ruleSet, traits),
  ]);
  if (sources.size === 0) return undefined;
  const properties = ruleSet.parameters.flatMap(({ name }) => {
    const source = sources.get(name);
    return source === undefined ? [] : [{ property: code`${name}: ${source.code}`, source }];
  });
  const readsInput = properties.some(({ source }) => source.readsInput);
  const values = emitObject(properties.map(({ property }) => property));
  return code`${readsInput ? "(input)" : "()"} => (${values})`;
}

/** Where the value of a parameter comes from. */
interface Source {
  readonly code: Code;
  readonly readsInput: boolean;
}

type NamedSource = readonly [name: string, source: Source];

function staticSources(
  { traits }: Operation,
  ruleSet: EndpointRules,
  address: Address,
): readonly NamedSource[] {
  const id = "smithy.rules#staticContextParams";
  return readBindings(traits.get(id), "value", within(address, id)).map(
    ({ name, value, address: at, valueAddress }) => {
      const { type } = findParameter(ruleSet, name, at);
      const source = { code: code`${printStatic(value, type, valueAddress)}`, readsInput: false };
      return [name, source];
    },
  );
}

function printStatic(value: unknown, type: EndpointParameter["type"], address: Address): string {
  switch (type) {
    case "boolean":
      return JSON.stringify(readBoolean(value, address));
    case "string":
      return JSON.stringify(readString(value, address));
    case "stringArray": {
      const items = readArrayOf(value, address, readString);
      return `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
    }
  }
}

function memberSources(
  { input }: Operation,
  ruleSet: EndpointRules,
  operationAddress: Address,
): readonly NamedSource[] {
  return (input?.members ?? []).flatMap((member): readonly NamedSource[] => {
    const trait = member.traits.get("smithy.rules#contextParam");
    if (trait === undefined) return [];
    const at = within(
      [...operationAddress.slice(0, -1), member.id],
      "traits",
      "smithy.rules#contextParam",
    );
    const name = readProperty(readObject(trait, at), "name", at, readString);
    const { type } = findParameter(ruleSet, name, within(at, "name"));
    const path: InputPath = { kind: "member", of: { kind: "current" }, name: member.name };
    return [[name, selectedSource(path, input, type, at)]];
  });
}

function pathSources(
  { traits, input }: Operation,
  ruleSet: EndpointRules,
  address: Address,
): readonly NamedSource[] {
  const id = "smithy.rules#operationContextParams";
  return readBindings(traits.get(id), "path", within(address, id)).map(
    ({ name, value, address: at, valueAddress }) => {
      const { type } = findParameter(ruleSet, name, at);
      const path = readInputPath(readString(value, valueAddress), valueAddress);
      return [name, selectedSource(path, input, type, valueAddress)];
    },
  );
}

/** Reads `{ Name: { value: … } }`, or with another property than `value`. */
function readBindings(
  trait: unknown,
  property: string,
  address: Address,
): readonly {
  readonly name: string;
  readonly value: unknown;
  readonly address: Address;
  readonly valueAddress: Address;
}[] {
  const bindings = readObjectOf(trait ?? {}, address, (binding, at) => {
    const object = readObject(binding, at);
    refuseUnknownProperties(object, [property], at);
    return object[property];
  });
  return Object.entries(bindings).map(([name, value]) => ({
    name,
    value,
    address: within(address, name),
    valueAddress: within(address, name, property),
  }));
}

function selectedSource(
  path: InputPath,
  input: StructureShape | undefined,
  type: EndpointParameter["type"],
  address: Address,
): Source {
  if (input === undefined) throw new ModelError(address, "the operation has no input to look into");
  return { code: emitInputSelection(path, input, type, address), readsInput: true };
}
