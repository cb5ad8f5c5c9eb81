import { propertyName, typeName } from "../ir/naming.ts";
import type { ErrorShape, Shape } from "../ir/shape.ts";
import { isErrorShape } from "../ir/shape.ts";
import type { Code } from "./code.ts";
import { code, importedType, join } from "./code.ts";

/** The TypeScript type of a shape's values. `from` is the module that declares the named ones. */
export function emitType(shape: Shape, from: string | undefined): Code {
  if (isErrorShape(shape)) return emitErrorValue(shape, from);
  switch (shape.type) {
    case "structure":
    case "union":
    case "enum":
    case "intEnum":
      return from === undefined
        ? code`${typeName(shape)}`
        : code`${importedType(typeName(shape), from)}`;
    case "list": {
      const element = emitType(shape.member.target, from);
      if (shape.sparse) return code`(${element} | null)[]`;
      return shape.member.target.type === "long" ? code`(${element})[]` : code`${element}[]`;
    }
    case "map": {
      const value = emitType(shape.value.target, from);
      return code`{ [key: string]: ${value}${shape.sparse && " | null"} }`;
    }
    case "string":
    case "bigDecimal":
      return code`string`;
    case "boolean":
      return code`boolean`;
    case "timestamp":
      return code`Date`;
    case "blob":
      return code`Uint8Array`;
    case "long":
      return code`number | bigint`;
    case "bigInteger":
      return code`bigint`;
    case "document":
      return code`${importedType("DocumentType", "@pawprint/runtime")}`;
    default:
      return code`number`;
  }
}

/** An error that stands in a value has been thrown by no one: it is the error's members, not its class. */
function emitErrorValue({ members }: ErrorShape, from: string | undefined): Code {
  const properties = members.map(
    ({ name, target }) => code`${propertyName(name)}?: ${emitType(target, from)} | undefined`,
  );
  return code`{ ${join(properties, "; ")} }`;
}
