import { propertyName, typeName } from "../../ir/naming.ts";
import { sensitiveMembersOf } from "../../ir/sensitivity.ts";
import type { ErrorShape } from "../../ir/shape.ts";
import { isErrorShape } from "../../ir/shape.ts";
import type { Code } from "../code.ts";
import { code, importedType, importedValue } from "../code.ts";
import { emitDocComment } from "../docs.ts";
import { emitArray, emitObject, emitUnionType } from "../literal.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";
import { emitType } from "../types.ts";
import { emitMemberComment } from "./types-file.ts";

const runtime = "@pawprint/runtime";
const ServiceError = importedValue("ServiceError", runtime);
const ServiceErrorOptions = importedType("ServiceErrorOptions", runtime);

/** A class for each modelled error, and the union of them all. */
export function emitErrorsFile({ service, names, header }: PackagePlan): GeneratedFile {
  const errors = service.shapes.filter(isErrorShape);
  const union = code`
    ${emitDocComment({ notes: [`Every error that the model of ${service.title} knows, told apart by \`name\`.`] })}
    export type ${names.error} = ${emitUnionType(errors.map(typeName))};
  `;
  const classes = errors.map(emitErrorClass);
  return emitSourceFile("src/errors.ts", header, [union, ...classes]);
}

function emitErrorClass(shape: ErrorShape): Code {
  const name = typeName(shape);
  const { fault, retryable } = shape.error;
  const members = shape.members.filter(({ name: member }) => !takenErrorMembers.has(member));
  const properties = members.map(
    (member) => code`
      ${emitMemberComment(member)}
      declare readonly ${propertyName(member.name)}?: ${emitType(member.target, "./types.js")} | undefined;
    `,
  );
  const options = members.map(
    (member) =>
      code`readonly ${propertyName(member.name)}?: ${emitType(member.target, "./types.js")} | undefined;`,
  );
  const Options =
    members.length === 0
      ? code`${ServiceErrorOptions}`
      : code`
          ${ServiceErrorOptions} & {
            ${options}
          }
        `;
  const sensitive = sensitiveMembersOf(shape).flatMap((member) => {
    if (/^message$/i.test(member.name)) return ['"message"'];
    return members.includes(member) ? [JSON.stringify(member.name)] : [];
  });
  const traits = [
    members.length > 0 &&
      code`members: ${emitArray(members.map((member) => JSON.stringify(member.name)))}`,
    sensitive.length > 0 && code`sensitive: ${emitArray(sensitive)}`,
    retryable && `retryable: { throttling: ${retryable.throttling} }`,
  ].filter((trait) => trait !== false && trait !== undefined);
  return code`
    ${emitDocComment({ documentation: shape.documentation, deprecated: shape.deprecated })}
    export class ${name} extends ${ServiceError} {
      declare readonly name: ${JSON.stringify(shape.name)};
      declare readonly $fault: "${fault}";
      ${properties}

      constructor(options: ${Options} = {}) {
        super(${JSON.stringify(shape.name)}, "${fault}", options${traits.length > 0 && code`, ${emitObject(traits)}`});
      }
    }
  `;
}

/**
 * An error has its message under one of two names in the model, and always as `message` here. What
 * the language's own errors have besides is not overwritten by a member of that name.
 */
export const takenErrorMembers: ReadonlySet<string> = new Set([
  "message",
  "Message",
  "cause",
  "name",
  "stack",
]);
