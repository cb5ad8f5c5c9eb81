import { propertyName, typeName } from "../../ir/naming.ts";
import type { Operation } from "../../ir/service.ts";
import { readObject, readProperty, readString } from "../../reader/json.ts";
import type { Address } from "../../reader/model-error.ts";
import { ModelError } from "../../reader/model-error.ts";
import type { Code } from "../code.ts";
import { code, importedType, importedValue } from "../code.ts";

/**
 * What the `endpoint` trait puts before the host name: `foo.{Label}.` becomes a function of the input.
 * @see https://smithy.io/2.0/spec/endpoint-traits.html
 */
export function emitHostPrefix({ traits, input }: Operation, address: Address): Code | undefined {
  const trait = traits.get("smithy.api#endpoint");
  if (trait === undefined) return undefined;
  const at = [...address, "smithy.api#endpoint"];
  const prefix = readProperty(readObject(trait, at), "hostPrefix", at, readString);
  if (!/[{}]/.test(prefix)) return code`() => ${JSON.stringify(prefix)}`;
  if (input === undefined) throw new ModelError(at, `${prefix} has labels, and there is no input`);
  const hostLabel = importedValue("hostLabel", "@pawprint/runtime/protocol");
  const parts = prefix.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) {
      if (!/[{}]/.test(part)) return code`${part}`;
      throw new ModelError(at, `${JSON.stringify(prefix)} has a brace without its pair`);
    }
    const member = input.members.find(({ name }) => name === part);
    if (!member?.traits.has("smithy.api#hostLabel") || !member.required) {
      throw new ModelError(
        at,
        `{${part}} must be a required member with the trait smithy.api#hostLabel`,
      );
    }
    return code`\${${hostLabel}(${JSON.stringify(part)}, input${accessor(part)})}`;
  });
  const Input = importedType(typeName(input), "../types.js");
  return code`(input: ${Input}) => \`${parts.reduce((left, right) => code`${left}${right}`)}\``;
}

function accessor(name: string): string {
  return propertyName(name) === name ? `.${name}` : `[${propertyName(name)}]`;
}
