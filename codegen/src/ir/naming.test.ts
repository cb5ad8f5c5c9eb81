import { describe, expect, test } from "vitest";
import {
  enumeration,
  exampleService,
  list,
  operation,
  type Parts,
  problemOf,
  simple,
  structure,
  union,
} from "../reader/example.test-model.ts";
import {
  nameOperation,
  nameService,
  nameUnionMembers,
  nameWaiter,
  type OperationNames,
  parserName,
  propertyName,
  type ServiceNames,
  serializerName,
  shapeConstant,
  toKebabCase,
  typeName,
} from "./naming.ts";
import type { Service } from "./service.ts";
import type { Shape } from "./shape.ts";

function serviceNames(sdkId: string, shapes: Parts = {}): ServiceNames {
  return nameService(exampleService(shapes, { traits: { "aws.api#service": { sdkId } } }));
}

function operationNames(name: string, shapes: Parts = {}): OperationNames | undefined {
  const service = exampleService({ [name]: operation({ input: "Input" }), ...withInput(shapes) });
  const [found] = service.operations;
  return found && nameOperation(found, service);
}

/** The shapes, and an input that leads to each of them. */
function withInput(shapes: Parts): Parts {
  const members = Object.fromEntries(Object.keys(shapes).map((name) => [name, name]));
  return { ...shapes, Input: structure(members) };
}

function named(name: string): Shape {
  return { name } as Shape;
}

describe("a service", () => {
  test("gives its packages, classes and functions their names", () => {
    expect(serviceNames("Marketplace Metering")).toEqual({
      slug: "marketplace-metering",
      client: "MarketplaceMetering",
      baseClient: "MarketplaceMeteringClient",
      error: "MarketplaceMeteringError",
      service: "marketplaceMeteringService",
      options: "MarketplaceMeteringOptions",
      mock: "MarketplaceMeteringMock",
      mockFunction: "mockMarketplaceMetering",
      packages: {
        core: "@pawprint/marketplace-metering",
        node: "@pawprint/marketplace-metering-node",
        edge: "@pawprint/marketplace-metering-edge",
        mocks: "@pawprint/marketplace-metering-mocks",
      },
    });
  });

  test.each([
    ["SQS", "sqs", "SQS"],
    ["ElasticLoadBalancing v2", "elasticloadbalancing-v2", "ElasticLoadBalancingV2"],
    ["codestar connections", "codestar-connections", "CodestarConnections"],
    ["IoT 1Click Devices Service", "iot-1click-devices-service", "IoT1ClickDevicesService"],
    ["Route53-Recovery", "route53-recovery", "Route53Recovery"],
  ])("%s is %s in a path and %s in code", (sdkId, slug, client) => {
    expect(serviceNames(sdkId)).toMatchObject({ slug, client });
  });

  test.each<[keyof ServiceNames, string, Parts, string]>([
    ["client", "Example", { Example: structure() }, "ExampleService"],
    ["options", "Example", { ExampleOptions: structure() }, "ExampleClientOptions"],
    ["baseClient", "Example", { ExampleClient: structure() }, "ExampleBaseClient"],
    ["error", "Example", { ExampleError: structure() }, "ExampleServiceError"],
    ["error", "Example", { ExampleError: enumeration("enum", { ONE: {} }) }, "ExampleServiceError"],
    ["error", "Run", {}, "RunServiceError"],
    ["error", "Service", {}, "ServiceServiceError"],
    ["client", "Transport", {}, "TransportService"],
  ])("its %s gives way where %s would meet a name that is taken", (role, sdkId, shapes, name) => {
    const service = { Run: operation({ input: "Input" }), ...withInput(shapes) };
    expect(serviceNames(sdkId, service)[role]).toBe(name);
  });

  test("gives way to no shape that the packages do not declare", () => {
    const shapes = withInput({ Example: list("String"), ExampleError: simple("string") });
    expect(serviceNames("Example", shapes)).toMatchObject({
      client: "Example",
      error: "ExampleError",
    });
  });

  test("that leaves no name free is refused", () => {
    const shapes = withInput({ ExampleError: structure(), ExampleServiceError: structure() });
    expect(problemOf(() => serviceNames("Example", shapes))).toBe(
      "model.json: com.example#ExampleService: has shapes with all of the names ExampleError, ExampleServiceError; rename one of them with the service's rename",
    );
  });
});

describe("an operation", () => {
  test("gives its function, value, errors and file their names", () => {
    expect(operationNames("BatchMeterUsage")).toEqual({
      function: "batchMeterUsage",
      descriptor: "batchMeterUsageOperation",
      error: "BatchMeterUsageError",
      guard: "isBatchMeterUsageError",
      pages: "batchMeterUsagePages",
      items: "batchMeterUsageItems",
      mock: "mockBatchMeterUsage",
      file: "batch-meter-usage",
    });
  });

  test.each([
    ["Delete", "delete_", "deleteOperation"],
    ["Import", "import_", "importOperation"],
    ["Await", "await_", "awaitOperation"],
    ["Eval", "eval_", "evalOperation"],
  ])("%s, a word of the language, is called %s", (name, functionName, descriptor) => {
    expect(operationNames(name)).toMatchObject({ function: functionName, descriptor });
  });

  test.each([
    ["Constructor", "constructor_", "makes every client"],
    ["Destroy", "destroy_", "closes every client"],
    ["Transport", "transport_", "is what every client holds"],
    ["Input", "input_", "is a parameter of every method"],
    ["Options", "options_", "is a parameter of every method"],
    ["Token", "token_", "is a parameter where pages are asked for"],
    ["CallOptions", "callOptions_", "is a parameter where a waiter asks"],
    ["Handlers", "handlers_", "is what every mock holds"],
    ["Reset", "reset_", "resets every mock"],
    ["Then", "then_", "would make a promise of every client"],
    ["CreateTransport", "createTransport_", "is in every package for a platform"],
  ])("%s is called %s: the plain name %s", (name, functionName) => {
    const service = exampleService({ [name]: operation() });
    expect(service.operations.map((found) => nameOperation(found, service).function)).toEqual([
      functionName,
    ]);
  });

  test.each<[string, string, Parts]>([
    ["Run", "the model", { RunError: structure() }],
    ["Service", "the runtime", {}],
    ["Transport", "the runtime", {}],
  ])("%s gives way with its errors where %s has a type of that name", (name, _whose, shapes) => {
    expect(operationNames(name, shapes)).toMatchObject({
      error: `${name}OperationError`,
      guard: `is${name}OperationError`,
    });
  });
});

test("the functions for pages give way to operations of their name", () => {
  const shapes = { List: operation(), ListPages: operation(), listItems: structure() };
  const service = exampleService(shapes);
  const [list] = service.operations;
  expect(list && nameOperation(list, service)).toMatchObject({
    pages: "listAllPages",
    items: "listItems",
  });
});

test("a waiter's function gives way to an operation of its name", () => {
  const acceptors = [{ state: "success", matcher: { success: true } }];
  const traits = { "smithy.waiters#waitable": { ThingExists: { acceptors } } };
  const alone = exampleService({ Get: operation({ traits }) });
  const beside = exampleService({ Get: operation({ traits }), WaitUntilThingExists: operation() });
  const nameIn = (service: Service): readonly string[] =>
    service.operations.flatMap(({ waiters }) =>
      waiters.map((waiter) => nameWaiter(waiter, service)),
    );
  expect(nameIn(alone)).toEqual(["waitUntilThingExists"]);
  expect(nameIn(beside)).toEqual(["waitUntilThingExistsWaiter"]);
});

test("a union's members are called after it, unless a shape is", () => {
  const choice = union({ Text: "String" });
  const free = exampleService(withInput({ Choice: choice }));
  const taken = exampleService(withInput({ Choice: choice, ChoiceMembers: structure() }));
  expect(nameUnionMembers(named("Choice"), free)).toBe("ChoiceMembers");
  expect(nameUnionMembers(named("Choice"), taken)).toBe("ChoiceUnionMembers");
});

describe("a shape", () => {
  test.each([
    ["UsageRecord", "UsageRecord"],
    ["Date", "_Date"],
    ["Error", "_Error"],
    ["Record", "_Record"],
    ["Uint8Array", "_Uint8Array"],
    ["string", "_string"],
    ["delete", "_delete"],
    ["undefined", "_undefined"],
    ["Dated", "Dated"],
  ])("called %s has the type %s", (name, type) => {
    expect(typeName(named(name))).toBe(type);
  });

  test("gives its constant and functions their names", () => {
    expect(shapeConstant(named("UsageRecord"))).toBe("usageRecordShape");
    expect(serializerName(named("UsageRecord"))).toBe("serializeUsageRecord");
    expect(parserName(named("usageRecord"))).toBe("parseUsageRecord");
  });
});

test.each([
  ["Name", "Name"],
  ["$type", "$type"],
  ["_x1", "_x1"],
  ["my-name", '"my-name"'],
  ["1st", '"1st"'],
  ["", '""'],
  ['"', '"\\""'],
])("the property %s is written %s", (name, printed) => {
  expect(propertyName(name)).toBe(printed);
});

test.each([
  ["BatchMeterUsage", "batch-meter-usage"],
  ["GetMLModel", "get-ml-model"],
  ["ListTagsForResource", "list-tags-for-resource"],
  ["GetV2Foo", "get-v2-foo"],
  ["DescribeDBInstances", "describe-db-instances"],
  ["URL", "url"],
])("%s is %s in a file name", (name, file) => {
  expect(toKebabCase(name)).toBe(file);
});
