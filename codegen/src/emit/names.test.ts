import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import {
  enumeration,
  errorStructure,
  list,
  map,
  operation,
  type Parts,
  required,
  structure,
  union,
} from "../reader/example.test-model.ts";
import { writePackages } from "../write/write-packages.ts";
import { examplePackages } from "./example.test-packages.ts";

// Below the repository, so that the packages find the runtime and msw.
const results = fileURLToPath(new URL("../../.test-results", import.meta.url));
mkdirSync(results, { recursive: true });
const out = mkdtempSync(join(results, "names-"));
afterAll(() => rmSync(out, { recursive: true }));

/** Names of globals, of the language, of the runtime, and of what is generated beside a shape. */
const typeNames = `
  Array Date Error Map Number Object Promise Record Set String Symbol Uint8Array
  Function Pick Omit Partial Readonly Awaited bigint undefined delete class any
  value wire input element Transport Operation CallOptions MetadataBearer
  Interceptor HttpHandler ServiceErrorOptions Union Unit DocumentType JsonObject
  ServiceErrorClass Shape StructureShape UnionShape Double List Blob Timestamp
  EpochSeconds MockedOperation MockCall MockOptions MockReply
  ServiceMock SampleOptions SampleHints SampleTable OperationMock OperationMockOptions
  NodeHttpHandler NodeTransportOptions EdgeTransportOptions
  FetchHttpHandlerOptions IdempotencyToken Example ExampleClient ExampleOptions
  ExampleMock ExampleError ChoiceMembers EndpointParameters ResolvedEndpoint
  Partition RunError UnmodeledServiceError
`
  .trim()
  .split(/\s+/);

const errorNames = ["ServiceError", "TransportError", "InvalidInputError", "RangeError"];

const operationNames = `
  Delete Import Constructor Destroy Transport Input Options Handlers Reset
  CreateTransport Service Response Configuration All Operations IsServiceError
  HostLabel ResolveEndpoint MockOperation CreateRequestIds Operation Error Object
  Example NextRequestId CreateNodeTransport Fallback MockService
`
  .trim()
  .split(/\s+/);

const members = { When: "smithy.api#Timestamp", Size: "smithy.api#Double" };

/** Shapes of all these names, with values that have to be converted. */
const types: Parts = {
  ...Object.fromEntries(typeNames.map((name) => [name, structure(members)])),
  ...Object.fromEntries(errorNames.map((name) => [name, errorStructure(members)])),
  Run: operation({ input: "Everything", output: "Everything", errors: errorNames }),
  Everything: structure({
    ...Object.fromEntries(typeNames.map((name) => [`${name}-member`, `com.example#${name}`])),
    choice: "Choice",
    Status: required("Status"),
    arguments: "smithy.api#Document",
    default: required("smithy.api#Timestamp"),
    "a b": "Dates",
    table: "Table",
    problem: "com.example#RangeError",
  }),
  Choice: union({ with: "com.example#Date", "with space": "com.example#Error" }),
  Status: enumeration("enum", { default: {}, "2": { enumValue: "two" } }),
  Dates: list("com.example#Date"),
  Table: map("Dates"),
};

const operations: Parts = {
  ...Object.fromEntries(
    operationNames.map((name) => [
      name,
      operation({ input: "In", output: "Out", errors: ["Bad"] }),
    ]),
  ),
  In: structure(members),
  Out: structure(members),
  Bad: errorStructure(members),
};

test.each([
  ["shapes", types],
  ["operations", operations],
])(
  "names that stand in generated code already can be the names of %s",
  async (kind, shapes) => {
    const packages = examplePackages(shapes);
    const folder = join(out, kind);
    await writePackages(folder, packages);
    expect(compile(packages.map(({ directory }) => join(folder, directory)))).toBe("");
  },
  60_000,
);

/** What the compiler has to say of packages, under their own settings: best nothing. */
function compile(folders: readonly string[]): string {
  const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-b", ...folders], {
    encoding: "utf8",
  });
  return stdout + stderr;
}
