import type { Operation, Service } from "./service.ts";
import type { Shape } from "./shape.ts";

// Every name of a generated package is made here, so that two that would meet are seen in one place.

/** Where packages are published. */
const scope = "@pawprint";

/** The names that belong to a service as a whole. */
export interface ServiceNames {
  /** The folder, such as `marketplace-metering`. */
  readonly slug: string;
  /** The client's class, such as `MarketplaceMetering`. */
  readonly client: string;
  /** The class that the clients of both platforms extend. */
  readonly baseClient: string;
  /** The union of all modelled errors. */
  readonly error: string;
  /** The constant with what all operations share. */
  readonly service: string;
  /** The transport options of a platform's package. */
  readonly options: string;
  readonly mock: string;
  readonly mockFunction: string;
  readonly packages: { readonly [kind in PackageKind]: string };
}

export type PackageKind = "core" | "edge" | "mocks" | "node";

export function nameService({ sdkId, shapes }: Service): ServiceNames {
  const slug = sdkId.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const client = capitalize(sdkId.replace(/[^A-Za-z0-9]+(.)?/g, (_match, next = "") => capitalize(next)));
  const core = `${scope}/${slug}`;
  const taken = new Set(shapes.map(typeName));
  return {
    slug,
    client,
    baseClient: firstFree([`${client}Client`, `${client}BaseClient`], taken),
    error: firstFree([`${client}Error`, `${client}ServiceError`], taken),
    service: `${uncapitalize(client)}Service`,
    options: `${client}Options`,
    mock: `${client}Mock`,
    mockFunction: `mock${client}`,
    packages: { core, node: `${core}-node`, edge: `${core}-edge`, mocks: `${core}-mocks` },
  };
}

/** The names that belong to one operation. */
export interface OperationNames {
  /** The operation function and the client's method, such as `batchMeterUsage`. */
  readonly function: string;
  /** The operation as a value. */
  readonly descriptor: string;
  /** The union of the errors that the model lists. */
  readonly error: string;
  /** Whether a thrown value is one of these. */
  readonly guard: string;
  /** The file, without ending. */
  readonly file: string;
}

export function nameOperation({ name }: Operation, { shapes }: Service): OperationNames {
  const taken = new Set(shapes.map(typeName));
  const plain = uncapitalize(name);
  const error = firstFree([`${name}Error`, `${name}OperationError`], taken);
  return {
    function: reservedWords.has(plain) ? `${plain}_` : plain,
    descriptor: `${plain}Operation`,
    error,
    guard: `is${error}`,
    file: toKebabCase(name),
  };
}

/**
 * The type or class of a shape: its own name, with an underscore before it where generated code
 * needs the global of that name. The official SDK does the same, so code moves over.
 */
export function typeName({ name }: Shape): string {
  return usedGlobals.has(name) || reservedWords.has(name) ? `_${name}` : name;
}

/** The constant that says what a shape allows. */
export function shapeConstant({ name }: Shape): string {
  return `${uncapitalize(name)}Shape`;
}

export function serializerName({ name }: Shape): string {
  return `serialize${capitalize(name)}`;
}

export function parserName({ name }: Shape): string {
  return `parse${capitalize(name)}`;
}

/** A property as it stands in an object literal or an interface. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function uncapitalize(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** `GetMLModel` is `get-ml-model`. */
export function toKebabCase(text: string): string {
  return text
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

function firstFree(candidates: readonly string[], taken: ReadonlySet<string>): string {
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  throw new RangeError(`the model has shapes with all of the names ${candidates.join(", ")}`);
}

/** Globals that stand in generated code. A shape of that name would hide them. */
const usedGlobals: ReadonlySet<string> = new Set([
  "Array",
  "BigInt",
  "Date",
  "Error",
  "Function",
  "Map",
  "Number",
  "Object",
  "Promise",
  "Record",
  "RegExp",
  "Set",
  "String",
  "Symbol",
  "Uint8Array",
]);

/** @see https://tc39.es/ecma262/#prod-ReservedWord and the names of TypeScript's own types */
const reservedWords: ReadonlySet<string> = new Set(
  (
    "any arguments async await bigint boolean break case catch class const constructor continue " +
    "debugger default delete destroy do else enum eval export extends false finally for function if implements import in " +
    "instanceof interface let never new null number object package private protected public return " +
    "static string super switch symbol this throw true try type typeof undefined unknown var void " +
    "while with yield"
  ).split(" "),
);
