import type { Code, CodeValue, ImportedSymbol } from "../emit/code.ts";
import { code, importedType, importedValue } from "../emit/code.ts";
import { emitType } from "../emit/types.ts";
import { closureOf, leadingTo } from "../ir/closure.ts";
import { propertyName, typeName } from "../ir/naming.ts";
import type { Filling, Presence } from "../ir/presence.ts";
import { createFilling, createPresence } from "../ir/presence.ts";
import { sensitiveMembersOf } from "../ir/sensitivity.ts";
import type { Operation, Service } from "../ir/service.ts";
import type { Member, Shape, TimestampFormat } from "../ir/shape.ts";
import { isErrorShape, membersOf } from "../ir/shape.ts";
import type { ConversionNames, Direction, WireFormat } from "./wire-format.ts";

const runtime = "@pawprint/runtime/protocol";
const JsonObject = importedType("JsonObject", runtime);

/** JSON as the awsJson protocols use it: members under their own names, timestamps as numbers. */
export function createJsonFormat(service: Service): WireFormat {
  const isPresent = createPresence(service);
  const fill = createFilling(service);
  // A codec that keeps large integers as `bigint` does so in documents, too.
  const isExact = service.operations.some((operation) => selectCodec(operation) !== undefined);
  const converted = {
    serialize: findConverted(service, isSerialized),
    parse: findConverted(
      service,
      (shape) =>
        isParsed(shape) ||
        concealedMembersOf(shape).length > 0 ||
        (shape.type === "document" && isExact) ||
        membersOf(shape).some((member) => fill(shape, member) !== undefined),
    ),
  };
  const nullable = findNullable(service);
  const needsConversion = (shape: Shape, direction: Direction): boolean =>
    converted[direction].has(shape) || (direction === "parse" && nullable.has(shape));
  return {
    needsConversion,
    emitConversion: (shape, direction, names) => {
      const printer = {
        ...names,
        isPresent,
        fill,
        needsConversion: (other: Shape) => needsConversion(other, direction),
      };
      return direction === "serialize"
        ? emitSerializer(shape, printer)
        : emitParser(shape, nullable.has(shape), printer);
    },
    codec: selectCodec,
    keepsNulls: ({ output }) => output !== undefined && nullable.has(output),
  };
}

/** The shapes that hold, at any depth, a value that JSON cannot carry as it is. */
function findConverted(
  { shapes }: Service,
  isConverted: (shape: Shape) => boolean,
): ReadonlySet<Shape> {
  return leadingTo(shapes, isConverted);
}

/**
 * The shapes of every output in which `null` means something somewhere. There `null` cannot be
 * dropped wholesale, so each structure has to drop its own.
 */
function findNullable({ operations }: Service): ReadonlySet<Shape> {
  const outputs = operations.flatMap(({ output }) => output ?? []);
  const withNull = leadingTo(outputs, meansNull);
  const isStructure = ({ type }: Shape): boolean => type === "structure" || type === "union";
  return leadingTo(
    outputs.filter((output) => withNull.has(output)),
    isStructure,
  );
}

function isSerialized(shape: Shape): boolean {
  switch (shape.type) {
    case "timestamp":
    case "blob":
    case "float":
    case "double":
    case "bigDecimal":
      return true;
    case "structure":
      return shape.members.some(({ idempotencyToken }) => idempotencyToken);
    default:
      return false;
  }
}

function isParsed(shape: Shape): boolean {
  switch (shape.type) {
    case "timestamp":
    case "blob":
    case "float":
    case "double":
    case "bigDecimal":
    case "bigInteger":
    case "union":
      return true;
    default:
      return false;
  }
}

function meansNull(shape: Shape): boolean {
  return shape.type === "document" || (shape.type === "map" && shape.sparse);
}

function selectCodec({ input, output, errors }: Operation): ImportedSymbol | undefined {
  const roots = [input, output, ...errors].filter((shape) => shape !== undefined);
  const types = new Set([...closureOf(roots)].map(({ type }) => type));
  if (types.has("bigDecimal")) return importedValue("decimalJson", runtime);
  if (types.has("long") || types.has("bigInteger")) return importedValue("exactJson", runtime);
  return undefined;
}

interface Printer extends ConversionNames {
  readonly isPresent: Presence;
  readonly fill: Filling;
  readonly needsConversion: (shape: Shape) => boolean;
}

function emitSerializer(shape: Shape, printer: Printer): Code {
  const Type = emitType(shape, printer.types);
  const members = membersOf(shape).filter(
    ({ target, idempotencyToken }) => idempotencyToken || printer.needsConversion(target),
  );
  return code`
    export function ${printer.functionFor(shape)}(value: ${Type}): ${JsonObject} {
      return {
        ...value,
        ${members.map((member) => code`${propertyName(member.name)}: ${serializeMember(shape, member, printer)},`)}
      };
    }
  `;
}

function serializeMember(owner: Shape, member: Member, printer: Printer): Code {
  const value = memberOf("value", member.name);
  if (member.idempotencyToken) {
    return code`${value} ?? ${importedValue("createIdempotencyToken", runtime)}()`;
  }
  const converted = serializeValue(member.target, value, member, printer);
  // `serializeDouble` takes `undefined`, because `NaN && …` would not be converted.
  if (printer.isPresent(owner, member) || isFloat(member.target)) return converted;
  return isMapped(member.target)
    ? serializeValue(member.target, `${value}?`, member, printer)
    : code`${value} && ${converted}`;
}

/** An expression that converts `value`, which is of the shape. */
function serializeValue(
  shape: Shape,
  value: CodeValue,
  member: Member | undefined,
  printer: Printer,
): Code {
  switch (shape.type) {
    case "list": {
      const convert = serializerOf(shape.member.target, shape.member, printer);
      return shape.sparse
        ? code`${importedValue("mapList", runtime)}(${value}, ${convert})`
        : code`${value}.map(${convert})`;
    }
    case "map": {
      const convert = serializerOf(shape.value.target, shape.value, printer);
      return code`${importedValue("mapValues", runtime)}(${value}, ${convert})`;
    }
    default:
      return code`${serializerOf(shape, member, printer)}(${value})`;
  }
}

/** A function that converts values of the shape. */
function serializerOf(shape: Shape, member: Member | undefined, printer: Printer): CodeValue {
  switch (shape.type) {
    case "timestamp":
      return importedValue(
        timestampSerializers[member?.timestampFormat ?? shape.format ?? "epoch-seconds"],
        runtime,
      );
    case "blob":
      return importedValue("serializeBlob", runtime);
    case "float":
    case "double":
      return importedValue("serializeDouble", runtime);
    case "bigDecimal":
      return importedValue("serializeBigDecimal", runtime);
    case "list":
    case "map":
      return code`(element) => ${serializeValue(shape, "element", member, printer)}`;
    default:
      return printer.functionFor(shape);
  }
}

const timestampSerializers: { readonly [format in TimestampFormat]: string } = {
  "date-time": "serializeDateTime",
  "epoch-seconds": "serializeEpochSeconds",
  "http-date": "serializeHttpDate",
};

function emitParser(shape: Shape, keepsNulls: boolean, printer: Printer): Code {
  // An error is made later, from the object of its members.
  const Type = isErrorShape(shape) ? JsonObject : importedType(typeName(shape), printer.types);
  const parseObject = importedValue(
    keepsNulls ? "parseObjectWithoutNulls" : "parseObject",
    runtime,
  );
  const members = membersOf(shape).filter(({ target }) => printer.needsConversion(target));
  const filled = membersOf(shape).flatMap((member) => {
    const value = printer.fill(shape, member);
    return value === undefined
      ? []
      : [`${memberOf("wire", member.name)} ??= ${JSON.stringify(value)};`];
  });
  const concealed = emitConcealment(shape);
  if (shape.type === "union") {
    const names = shape.members.map(({ name }) => JSON.stringify(name)).join(", ");
    return code`
      export function ${printer.functionFor(shape)}(value: unknown): ${Type} {
        const wire = ${importedValue("parseUnion", runtime)}(value, [${names}]);
        ${members.map((member) => parseMember(member, printer))}
        ${concealed}
        return wire as object as ${Type};
      }
    `;
  }
  return code`
    export function ${printer.functionFor(shape)}(value: unknown): ${Type} {
      const wire = ${parseObject}(value);
      ${filled}
      ${members.map((member) => parseMember(member, printer))}
      ${concealed}
      return wire${!isErrorShape(shape) && code` as object as ${Type}`};
    }
  `;
}

/** An error is made later, and conceals its members itself. */
function concealedMembersOf(shape: Shape): readonly Member[] {
  return isErrorShape(shape) ? [] : sensitiveMembersOf(shape);
}

/** What the model does not know yet may be sensitive, too, where its place is. */
function emitConcealment(shape: Shape): Code | undefined {
  const names = concealedMembersOf(shape).map(({ name }) => JSON.stringify(name));
  if (names.length === 0) return undefined;
  const concealMembers = importedValue("concealMembers", runtime);
  if (shape.sensitive) return code`${concealMembers}(wire);`;
  const unknown = shape.type === "union" ? ['"$unknown"'] : [];
  return code`${concealMembers}(wire, [${[...names, ...unknown].join(", ")}]);`;
}

function parseMember({ name, target }: Member, printer: Printer): Code {
  const value = memberOf("wire", name);
  return code`
    if (${value} !== undefined) {
      ${value} = ${parseValue(target, value, printer)};
    }
  `;
}

function parseValue(shape: Shape, value: CodeValue, printer: Printer): Code {
  switch (shape.type) {
    case "list":
      return code`${importedValue("parseList", runtime)}(${value}, ${parserOf(shape.member.target, printer)})`;
    case "map":
      return code`${importedValue("parseMap", runtime)}(${value}, ${parserOf(shape.value.target, printer)})`;
    default:
      return code`${parserOf(shape, printer)}(${value})`;
  }
}

function parserOf(shape: Shape, printer: Printer): CodeValue {
  switch (shape.type) {
    case "timestamp":
      return importedValue("parseTimestamp", runtime);
    case "blob":
      return importedValue("parseBlob", runtime);
    case "float":
    case "double":
      return importedValue("parseDouble", runtime);
    case "bigDecimal":
      return importedValue("parseBigDecimal", runtime);
    case "bigInteger":
      return importedValue("parseBigInteger", runtime);
    case "document":
      return importedValue("parseDocument", runtime);
    case "structure":
    case "union":
      return printer.functionFor(shape);
    case "list":
    case "map":
      return code`(element) => ${parseValue(shape, "element", printer)}`;
    default:
      throw new RangeError(`${shape.id}: JSON carries a ${shape.type} as it is`);
  }
}

/** Whether the conversion is a method call, which an absent list lets pass with `?.`. */
function isMapped(shape: Shape): boolean {
  return shape.type === "list" && !shape.sparse;
}

function isFloat({ type }: Shape): boolean {
  return type === "double" || type === "float";
}

function memberOf(object: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name)
    ? `${object}.${name}`
    : `${object}[${JSON.stringify(name)}]`;
}
