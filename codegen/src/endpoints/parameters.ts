import { type Code, code } from "../emit/code.ts";
import { emitObject } from "../emit/literal.ts";
import type { EndpointParameter, EndpointRuleSet } from "../ir/endpoint-rules.ts";
import type { Operation, Service } from "../ir/service.ts";
import type { StructureShape } from "../ir/shape.ts";
import {
  readArrayOf,
  readBoolean,
  readObject,
  readObjectOf,
  readOneOf,
  readOptional,
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
  ruleSet: EndpointRuleSet,
  address: Address = [operation.id],
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

/** A parameter of the rule set, and the name under which those who evaluate it know its value. */
export interface BuiltInParameter {
  readonly name: string;
  readonly builtIn: BuiltIn;
}

export type BuiltIn = (typeof builtIns)[number];

const builtIns = [
  "AWS::Auth::AccountId",
  "AWS::Auth::AccountIdEndpointMode",
  "AWS::Region",
  "AWS::UseDualStack",
  "AWS::UseFIPS",
  "SDK::Endpoint",
] as const;

/** The parameters that a transport fills in, in the order of the rule set. */
export function builtInParameters(
  ruleSet: EndpointRuleSet,
  address: Address = ["smithy.rules#endpointRuleSet"],
): readonly BuiltInParameter[] {
  return ruleSet.parameters.flatMap(({ name, builtIn }) => {
    if (builtIn === undefined) return [];
    const at = within(address, "parameters", name, "builtIn");
    return [{ name, builtIn: readOneOf(builtIn, at, builtIns) }];
  });
}

/** A parameter that a client takes as an option. */
export interface ClientContextParameter {
  readonly name: string;
  readonly type: EndpointParameter["type"];
  readonly documentation: string | undefined;
}

/** What `smithy.rules#clientContextParams` asks clients to offer as options, in its order. */
export function clientContextParameters(
  service: Service,
  address: Address = [service.id],
): readonly ClientContextParameter[] {
  const trait = service.traits.get("smithy.rules#clientContextParams") ?? {};
  const at = within(address, "traits", "smithy.rules#clientContextParams");
  return Object.entries(readObject(trait, at)).map(([name, value]) => {
    const optionAddress = within(at, name);
    const option = readObject(value, optionAddress);
    refuseUnknownProperties(option, ["type", "documentation"], optionAddress);
    const { type } = parameterOf(service.endpointRules, name, optionAddress);
    readProperty(option, "type", optionAddress, (found, typeAddress) =>
      readOneOf(found, typeAddress, [type]),
    );
    return {
      name,
      type,
      documentation: readOptional(option, "documentation", optionAddress, readString),
    };
  });
}

/** Where the value of a parameter comes from. */
interface Source {
  readonly code: Code;
  readonly readsInput: boolean;
}

type NamedSource = readonly [name: string, source: Source];

function staticSources(
  { traits }: Operation,
  ruleSet: EndpointRuleSet,
  address: Address,
): readonly NamedSource[] {
  const id = "smithy.rules#staticContextParams";
  return readBindings(traits.get(id), "value", within(address, id)).map(
    ({ name, value, address: at, valueAddress }) => {
      const { type } = parameterOf(ruleSet, name, at);
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
  ruleSet: EndpointRuleSet,
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
    const { type } = parameterOf(ruleSet, name, within(at, "name"));
    const path: InputPath = { kind: "member", of: { kind: "current" }, name: member.name };
    return [[name, selectedSource(path, input, type, at)]];
  });
}

function pathSources(
  { traits, input }: Operation,
  ruleSet: EndpointRuleSet,
  address: Address,
): readonly NamedSource[] {
  const id = "smithy.rules#operationContextParams";
  return readBindings(traits.get(id), "path", within(address, id)).map(
    ({ name, value, address: at, valueAddress }) => {
      const { type } = parameterOf(ruleSet, name, at);
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

function parameterOf(
  { parameters }: EndpointRuleSet,
  name: string,
  address: Address,
): EndpointParameter {
  const parameter = parameters.find((candidate) => candidate.name === name);
  if (parameter !== undefined) return parameter;
  const names = parameters.map((candidate) => candidate.name).join(", ");
  throw new ModelError(address, `the endpoint rules have no parameter ${name}; they have ${names}`);
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
