import { ModelError } from "../reader/model-error.ts";
import type { Operation, Service } from "./service.ts";
import type { Shape } from "./shape.ts";
import type { Waiter } from "./waiter.ts";

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

export function nameService(service: Service): ServiceNames {
  const { sdkId, operations } = service;
  const slug = sdkId.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const client = capitalize(
    sdkId.replace(/[^A-Za-z0-9]+(.)?/g, (_match, next = "") => capitalize(next)),
  );
  const core = `${scope}/${slug}`;
  const taken = new Set([...takenTypes(service), ...operations.map(({ name }) => `${name}Error`)]);
  const select = (candidates: readonly string[]): string => selectName(service, candidates, taken);
  return {
    slug,
    client: select([client, `${client}Service`]),
    baseClient: select([`${client}Client`, `${client}BaseClient`]),
    error: select([`${client}Error`, `${client}ServiceError`]),
    service: `${uncapitalize(client)}Service`,
    options: select([`${client}Options`, `${client}ClientOptions`]),
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
  /** The function that gives the pages of a paginated operation. */
  readonly pages: string;
  /** The function that gives the items on these pages. */
  readonly items: string;
  /** The function that mocks the operation alone. */
  readonly mock: string;
  /** The file, without ending. */
  readonly file: string;
}

export function nameOperation({ name }: Operation, service: Service): OperationNames {
  const plain = uncapitalize(name);
  const error = selectName(service, [`${name}Error`, `${name}OperationError`]);
  const taken = takenValues(service);
  return {
    function: reservedWords.has(plain) || takenFunctions.has(plain) ? `${plain}_` : plain,
    descriptor: `${plain}Operation`,
    error,
    guard: `is${error}`,
    pages: selectName(service, [`${plain}Pages`, `${plain}AllPages`], taken),
    items: selectName(service, [`${plain}Items`, `${plain}AllItems`], taken),
    mock: selectName(
      service,
      [`mock${name}`, `mock${name}Operation`],
      new Set([nameService(service).mockFunction]),
    ),
    file: toKebabCase(name),
  };
}

/** The function that waits, such as `waitUntilTableExists`. */
export function nameWaiter({ name }: Waiter, service: Service): string {
  const candidates = [`waitUntil${name}`, `waitUntil${name}Waiter`];
  return selectName(service, candidates, takenValues(service));
}

/**
 * The type or class of a shape: its own name, with an underscore before it where generated code
 * needs the global of that name. The official SDK does the same, so code moves over.
 */
export function typeName({ name }: Shape): string {
  return usedGlobals.has(name) || reservedWords.has(name) ? `_${name}` : name;
}

/** Whether the packages declare something by the shape's name. */
export function isDeclared({ type }: Shape): boolean {
  return type === "structure" || type === "union" || type === "enum" || type === "intEnum";
}

/** The interface of all members of a union. */
export function nameUnionMembers(union: Shape, service: Service): string {
  const name = typeName(union);
  return selectName(service, [`${name}Members`, `${name}UnionMembers`]);
}

/** The constant that says what a shape allows. */
export function shapeConstant({ name }: Shape): string {
  return `${uncapitalize(name)}Shape`;
}

export function serializerName({ name }: Shape): string {
  return `serialize${capitalize(name)}`;
}

/** The function that makes sample data of an input or output. */
export function sampleName({ name }: Shape): string {
  return `sample${capitalize(name)}`;
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

/** The names of types and classes that stand in the index before anything is called after the service. */
function takenTypes(service: Service): ReadonlySet<string> {
  const known = takenByService.get(service);
  if (known !== undefined) return known;
  const declared = service.shapes.filter(isDeclared).map(typeName);
  const runtime = [...runtimeValues, ...runtimeTypes, ...waiterValues, ...waiterTypes];
  const taken = new Set([...runtime, ...paginationValues, ...declared]);
  takenByService.set(service, taken);
  return taken;
}

/** Each operation asks several times, and a service has up to thousands of shapes. */
const takenByService = new WeakMap<Service, ReadonlySet<string>>();

/** What stands in the index or on a client before anything is called after an operation's pages or waiters. */
function takenValues(service: Service): Taken {
  const functions = new Set(service.operations.map(({ name }) => uncapitalize(name)));
  const types = takenTypes(service);
  return { has: (name) => types.has(name) || functions.has(name) };
}

/** Names that something has. */
type Taken = Pick<ReadonlySet<string>, "has">;

/** The first name that nothing else has. */
function selectName(
  service: Service,
  candidates: readonly string[],
  taken: Taken = takenTypes(service),
): string {
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  throw new ModelError(
    [service.source, service.id],
    `has shapes with all of the names ${candidates.join(", ")}; rename one of them with the service's rename`,
  );
}

/** Names of the runtime that users need beside the generated ones. A shape of such a name takes its place. */
export const runtimeValues: readonly string[] = [
  "ConfigurationError",
  "InvalidInputError",
  "isConfigurationError",
  "isInvalidInputError",
  "isResponseError",
  "isServiceError",
  "isTransportError",
  "ResponseError",
  "ServiceError",
  "TransportError",
  "UnmodeledServiceError",
];

export const runtimeTypes: readonly string[] = [
  "CallOptions",
  "HttpHandler",
  "InputProblem",
  "Interceptor",
  "MetadataBearer",
  "Operation",
  "ResponseMetadata",
  "Transport",
];

/** What users of a service with paginated operations need beyond that. */
export const paginationValues: readonly string[] = ["isPaginationError", "PaginationError"];

/** What users of a service with waiters need beyond that. */
export const waiterValues: readonly string[] = ["isWaiterError", "WaiterError"];

export const waiterTypes: readonly string[] = ["WaiterOptions", "WaiterSuccess"];

/** What no operation can be called: it is a member of every client or mock, a parameter, or in every package for a platform. */
const takenFunctions: ReadonlySet<string> = new Set([
  "callOptions",
  "constructor",
  "createTransport",
  "destroy",
  "fallback",
  "handlers",
  "input",
  "options",
  "reset",
  "then",
  "token",
  "transport",
]);

/** Globals that stand in generated code. A shape of that name would hide them. */
const usedGlobals: ReadonlySet<string> = new Set([
  "Array",
  "AsyncIterable",
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

/**
 * Names that nothing generated gets: words of the language, types of TypeScript, and what every
 * client has already.
 * @see https://tc39.es/ecma262/#prod-ReservedWord
 */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "any arguments async await bigint boolean break case catch class const constructor continue " +
    "debugger default delete destroy do else enum eval export extends false finally for function if implements import in " +
    "instanceof interface let never new null number object package private protected public return " +
    "static string super switch symbol this throw true try type typeof undefined unknown var void " +
    "while with yield"
  ).split(" "),
);
