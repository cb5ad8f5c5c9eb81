import { emitEndpointParameters } from "../../endpoints/parameters.ts";
import { parserName, propertyName, shapeConstant, typeName } from "../../ir/naming.ts";
import { isAlwaysGiven } from "../../ir/presence.ts";
import { leadsToSensitive } from "../../ir/sensitivity.ts";
import type { ErrorShape, StructureShape } from "../../ir/shape.ts";
import type { Code, CodeValue } from "../code.ts";
import { code, importedType, importedValue, join } from "../code.ts";
import { conversionFunction } from "../conversions.ts";
import { emitDocComment } from "../docs.ts";
import { emitObject, emitUnionType } from "../literal.ts";
import type { PackagePlan, PlannedOperation } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";
import { emitHostPrefix } from "./host-prefix.ts";
import { emitPageFunctions } from "./page-functions.ts";
import { emitWaiterFunction } from "./waiter-functions.ts";

const runtime = "@pawprint/runtime";

/** One operation: its errors, what a transport needs to know of it, and the functions that call it. */
export function emitOperationFile(plan: PackagePlan, planned: PlannedOperation): GeneratedFile {
  const declarations = [
    emitErrorUnion(planned),
    emitDescriptor(plan, planned),
    emitFunction(planned),
    ...emitPageFunctions(plan, planned),
    ...planned.waiters.map((waiter) => emitWaiterFunction(planned, waiter)),
    emitGuard(planned),
  ];
  return emitSourceFile(`src/operations/${planned.names.file}.ts`, plan.header, declarations);
}

function emitErrorUnion({ operation, names }: PlannedOperation): Code {
  const errors = operation.errors.map((error) => importedType(typeName(error), "../errors.js"));
  return code`
    /** The errors that the model lists for {@link ${names.function}}, told apart by \`name\`. */
    export type ${names.error} = ${emitUnionType(errors)};
  `;
}

function emitDescriptor(plan: PackagePlan, { operation, names }: PlannedOperation): Code {
  const { endpointRules, format, service } = plan;
  const { input, output, errors } = operation;
  const codec = format.codec(operation);
  const serialized = input !== undefined && format.needsConversion(input, "serialize");
  const parsed = output !== undefined && format.needsConversion(output, "parse");
  const errorParsers = errors
    .filter((error) => format.needsConversion(error, "parse"))
    .map((error) => code`${error.name}: ${importedValue(parserName(error), "../parse.js")}`);
  const address = [service.source, operation.id];
  const endpointParameters = emitEndpointParameters(operation, endpointRules, address);
  const hostPrefix = emitHostPrefix(operation, address);
  return code`
    /** ${operation.name} as a value: what a transport needs to carry it, and a mock to answer it. */
    export const ${names.descriptor}: ${importedType("Operation", runtime)}<${emitInputType(operation.input)}, ${emitOutputType(output)}> = {
      name: ${JSON.stringify(operation.name)},
      service: ${importedValue(plan.names.service, "../service.js")},
      input: ${input === undefined ? importedValue("unitShape", `${runtime}/protocol`) : importedValue(shapeConstant(input), "../shapes.js")},
      ${serialized && code`serialize: ${conversionFunction(input, "serialize", "../serialize.js")},`}
      ${parsed && code`parse: ${conversionFunction(output, "parse", "../parse.js")},`}
      ${codec && code`json: ${codec},`}
      ${format.keepsNulls(operation) && "keepsNulls: true,"}
      errors: ${emitObject(emitErrorEntries(errors))},
      ${errorParsers.length > 0 && code`parseError: ${emitObject(errorParsers)},`}
      ${endpointParameters && code`endpointParameters: ${endpointParameters},`}
      ${hostPrefix && code`hostPrefix: ${hostPrefix},`}
      ${hasNoOutput(output) && "noOutput: true,"}
      ${leadsToSensitive([...(output ? [output] : []), ...errors]) && "answersSecrets: true,"}
      ${isCompressible(operation) && code`compression: ${importedValue("gzip", `${runtime}/protocol`)},`}
      ${operation.traits.has("smithy.api#httpChecksumRequired") && code`checksum: ${importedValue("contentMd5", `${runtime}/protocol`)},`}
      ${operation.auth !== "sigv4" && `auth: ${JSON.stringify(operation.auth)},`}
    };
  `;
}

function hasNoOutput(output: StructureShape | undefined): boolean {
  return output === undefined || output.members.length === 0;
}

/**
 * Whether the service reads gzip. Other encodings are passed over, as the trait allows.
 * @see https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
 */
export function isCompressible({ traits }: PlannedOperation["operation"]): boolean {
  const trait = traits.get("smithy.api#requestCompression") as { encodings?: unknown } | undefined;
  return Array.isArray(trait?.encodings) && trait.encodings.includes("gzip");
}

/** Errors by their shape names, and by the codes that the query protocol had for them, each once. */
function emitErrorEntries(errors: readonly ErrorShape[]): readonly CodeValue[] {
  const taken = new Set(errors.map(({ name }) => name));
  return errors.flatMap((error) => {
    const symbol = importedValue(typeName(error), "../errors.js");
    const byName =
      error.name === typeName(error) ? code`${symbol}` : code`${error.name}: ${symbol}`;
    const queryCode = readQueryCode(error);
    if (queryCode === undefined || taken.has(queryCode)) return [byName];
    taken.add(queryCode);
    return [byName, code`${propertyName(queryCode)}: ${symbol}`];
  });
}

function readQueryCode({ traits }: ErrorShape): string | undefined {
  const trait = traits.get("aws.protocols#awsQueryError") as { code?: unknown } | undefined;
  return typeof trait?.code === "string" ? trait.code : undefined;
}

function emitFunction(planned: PlannedOperation): Code {
  const { operation, names } = planned;
  const Transport = importedType("Transport", runtime);
  return code`
    ${emitOperationComment(planned)}
    export function ${names.function}(
      transport: ${Transport},
      input: ${emitInputType(operation.input)}${isOptional(operation.input) && " = {}"},
      options?: ${importedType("CallOptions", runtime)},
    ): Promise<${emitResultType(operation.output)}> {
      return transport.call(${names.descriptor}, input, options);
    }
  `;
}

function emitGuard({ names }: PlannedOperation): Code {
  return code`
    /** Whether a thrown value is one of the errors that the model lists for {@link ${names.function}}. */
    export function ${names.guard}(error: unknown): error is ${names.error} {
      return ${importedValue("isServiceError", runtime)}(error) && Object.hasOwn(${names.descriptor}.errors, error.name);
    }
  `;
}

export function emitOperationComment(
  { operation, names }: PlannedOperation,
  indentation = 0,
): Code | undefined {
  const { documentation, deprecated, errors } = operation;
  const throws = [
    { type: names.error, text: "where the service answers with an error of the model" },
  ];
  return emitDocComment({
    documentation,
    deprecated,
    indentation,
    ...(errors.length > 0 && { throws }),
  });
}

/** Whether a call may leave the input out. */
export function isOptional(input: StructureShape | undefined): boolean {
  return input === undefined || !input.members.some(isAlwaysGiven);
}

export function emitInputType(input: StructureShape | undefined, from = "../types.js"): Code {
  return input === undefined
    ? code`${importedType("Unit", runtime)}`
    : code`${importedType(typeName(input), from)}`;
}

export function emitOutputType(output: StructureShape | undefined, from = "../types.js"): Code {
  return output === undefined ? code`object` : code`${importedType(typeName(output), from)}`;
}

export function emitResultType(output: StructureShape | undefined, from = "../types.js"): Code {
  const MetadataBearer = importedType("MetadataBearer", runtime);
  return output === undefined
    ? code`${MetadataBearer}`
    : code`${join([importedType(typeName(output), from), MetadataBearer], " & ")}`;
}
