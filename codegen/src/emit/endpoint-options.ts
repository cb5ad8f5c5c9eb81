import { propertyName, uncapitalize } from "../ir/naming.ts";
import type { Service } from "../ir/service.ts";
import type { Code, ImportedSymbol } from "./code.ts";
import { code } from "./code.ts";
import { emitDocComment } from "./docs.ts";
import { emitArray, emitObject } from "./literal.ts";

/** The options of a platform's transport, and those that the endpoint rules of the service have. */
export function emitOptionsInterface(
  { endpointOptions }: Service,
  name: string,
  base: ImportedSymbol,
): Code {
  if (endpointOptions.length === 0) return code`export interface ${name} extends ${base} {}`;
  const members = endpointOptions.map(
    (option) => code`
      ${emitDocComment({ documentation: option.documentation })}
      readonly ${optionName(option.name)}?: ${optionTypes[option.type]} | undefined;
    `,
  );
  return code`
    export interface ${name} extends ${base} {
      ${members}
    }
  `;
}

/** How a transport hands these options to the endpoint rules. Absent where there are none. */
export function emitEndpointOptions({ endpointOptions }: Service): Code | undefined {
  if (endpointOptions.length === 0) return undefined;
  const options = endpointOptions.map(({ name, type }) =>
    emitObject([
      `option: ${JSON.stringify(uncapitalize(name))}`,
      `parameter: ${JSON.stringify(name)}`,
      `type: ${JSON.stringify(type)}`,
    ]),
  );
  return emitArray(options);
}

/** Options begin with a small letter, whatever the parameter of the rules does. */
function optionName(parameter: string): string {
  return propertyName(uncapitalize(parameter));
}

const optionTypes = {
  boolean: "boolean",
  string: "string",
  stringArray: "readonly string[]",
} as const;
