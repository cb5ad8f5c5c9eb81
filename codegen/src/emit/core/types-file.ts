import { nameUnionMembers, propertyName, typeName } from "../../ir/naming.ts";
import type { Presence } from "../../ir/presence.ts";
import type {
  EnumShape,
  IntEnumShape,
  Member,
  Shape,
  StructureShape,
  UnionShape,
} from "../../ir/shape.ts";
import type { Code } from "../code.ts";
import { code, importedType } from "../code.ts";
import { describeConstraints } from "../constraints-note.ts";
import { emitDocComment } from "../docs.ts";
import { emitUnionType } from "../literal.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";
import { emitType } from "../types.ts";

/** The types of every structure, union and enum but the errors, in the model's order. */
export function emitTypesFile({ service, isPresent, header }: PackagePlan): GeneratedFile {
  const declarations = service.shapes.flatMap((shape) => {
    switch (shape.type) {
      case "structure":
        return shape.error === undefined ? emitStructure(shape, isPresent) : [];
      case "union":
        return emitUnion(shape, nameUnionMembers(shape, service));
      case "enum":
      case "intEnum":
        return emitEnum(shape);
      default:
        return [];
    }
  });
  return emitSourceFile(
    "src/types.ts",
    header,
    declarations.length > 0 ? declarations : ["export {};"],
  );
}

function emitStructure(shape: StructureShape, isPresent: Presence): Code {
  return code`
    ${emitShapeComment(shape)}
    export interface ${typeName(shape)} ${emitMembers(shape.members, (member) => isPresent(shape, member))}
  `;
}

/** The members of an interface, each with its documentation. */
function emitMembers(members: readonly Member[], isPresent: (member: Member) => boolean): Code {
  if (members.length === 0) return code`{}`;
  const properties = members.flatMap((member, index) => {
    const comment = emitMemberComment(member);
    const type = emitType(member.target, undefined);
    const property = isPresent(member)
      ? code`${propertyName(member.name)}: ${type};`
      : code`${propertyName(member.name)}?: ${type} | undefined;`;
    return [index > 0 && comment !== undefined && "", comment, property];
  });
  return code`
    {
      ${properties}
    }
  `;
}

function emitUnion(shape: UnionShape, members: string): Code {
  const name = typeName(shape);
  const Union = importedType("Union", "@pawprint/runtime");
  return code`
    ${emitShapeComment(shape)}
    export type ${name} = ${Union}<${members}>;

    /** The members of {@link ${name}}, of which one is set. */
    export interface ${members} ${emitMembers(shape.members, () => true)}
  `;
}

function emitEnum(shape: EnumShape | IntEnumShape): Code {
  const name = typeName(shape);
  const values = shape.values.map(({ value }) => JSON.stringify(value));
  const other = shape.type === "enum" ? "(string & {})" : "(number & {})";
  return code`
    ${emitShapeComment(shape)}
    export type ${name} = ${emitUnionType([...values, other])};

    /** The values of {@link ${name}} that are known; the service may add others. */
    export const ${name} = {
      ${shape.values.map(
        (value) => code`
          ${emitDocComment({ documentation: value.documentation, deprecated: value.deprecated, indentation: 2 })}
          ${propertyName(value.name)}: ${JSON.stringify(value.value)},
        `,
      )}
    } as const;
  `;
}

function emitShapeComment({ documentation, deprecated }: Shape): Code | undefined {
  return emitDocComment({ documentation, deprecated });
}

export function emitMemberComment(member: Member): Code | undefined {
  const constraints = describeConstraints(member);
  return emitDocComment({
    documentation: member.documentation ?? member.target.documentation,
    deprecated: member.deprecated ?? member.target.deprecated,
    notes: [
      ...(member.idempotencyToken ? ["Default: a new UUID for each call."] : []),
      ...(constraints === undefined ? [] : [constraints]),
    ],
    indentation: 2,
  });
}
