import type { EndpointRules } from "../ir/endpoint-rules.ts";
import { findParameter } from "./endpoint-rules.ts";
import {
  readObject,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "./json.ts";
import type { Address } from "./model-error.ts";

/** The names of what `smithy.rules#clientContextParams` asks clients to offer as options. */
export function readClientContextParameters(
  value: unknown,
  address: Address,
  ruleSet: EndpointRules,
): readonly string[] {
  return Object.entries(readObject(value, address)).map(([name, described]) => {
    const optionAddress = within(address, name);
    const option = readObject(described, optionAddress);
    refuseUnknownProperties(option, ["type", "documentation"], optionAddress);
    const { type } = findParameter(ruleSet, name, optionAddress);
    readProperty(option, "type", optionAddress, (found, at) => readOneOf(found, at, [type]));
    readOptional(option, "documentation", optionAddress, readString);
    return name;
  });
}
