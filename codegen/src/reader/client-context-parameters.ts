import type { EndpointOption, EndpointRules } from "../ir/endpoint-rules.ts";
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
import { ModelError } from "./model-error.ts";

/** What `smithy.rules#clientContextParams` asks clients to offer as options. */
export function readClientContextParameters(
  value: unknown,
  address: Address,
  ruleSet: EndpointRules,
): readonly EndpointOption[] {
  return Object.entries(readObject(value, address)).map(([name, described]) => {
    const optionAddress = within(address, name);
    const option = readObject(described, optionAddress);
    refuseUnknownProperties(option, ["type", "documentation"], optionAddress);
    const { type, builtIn } = findParameter(ruleSet, name, optionAddress);
    if (builtIn !== undefined) {
      throw new ModelError(optionAddress, `clients have an option for ${builtIn} already`);
    }
    readProperty(option, "type", optionAddress, (found, at) => readOneOf(found, at, [type]));
    const documentation = readOptional(option, "documentation", optionAddress, readString);
    return { name, type, documentation };
  });
}
