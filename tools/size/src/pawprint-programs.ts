import { capitalize, type OperationName, operations, options } from "./operations.ts";
import { modulesFirst, type Program } from "./program.ts";

/** The packages of a service that go into bundles. */
export const packageNames = ["edge", "node", "core", "mocks"] as const;

export type PackageName = (typeof packageNames)[number];

/** How much of a package a program uses. */
export const scopeNames = ["oneOperation", "allOperations", "errorsOnly"] as const;

export type ScopeName = (typeof scopeNames)[number];

const scopeTitles: { readonly [name in ScopeName]: string } = {
  oneOperation: "one operation",
  allOperations: "all operations",
  errorsOnly: "errors only",
};

const core = "@pawprint/marketplace-metering";

/** The program that uses so much of a package. */
export function createPawprintProgram(name: PackageName, scope: ScopeName): Program {
  const sources: { readonly [scope in ScopeName]: () => string } = {
    oneOperation: () => printOperations(name, operations.slice(0, 1)),
    allOperations: () => printClient(name),
    errorsOnly: () => printErrors(name),
  };
  return createProgram(name, scopeTitles[scope], sources[scope]());
}

/** Programs that use one operation function, two, and so on, to all of them. */
export function createStepPrograms(name: PackageName): readonly Program[] {
  return operations.map((_, index) => {
    const taken = operations.slice(0, index + 1);
    return createProgram(name, taken.join(" + "), printOperations(name, taken));
  });
}

/** The same as what a bundle leaves out elsewhere: the credential chain, and msw. */
export const wholePrograms: readonly Program[] = [
  {
    ...createPawprintProgram("node", "allOperations"),
    mainFields: modulesFirst,
    onDemand: "included",
  },
  { ...createPawprintProgram("mocks", "allOperations"), external: [] },
];

function createProgram(name: PackageName, scope: string, source: string): Program {
  return {
    client: `pawprint, ${name === "node" ? "Node" : name}`,
    scope,
    platform: name === "node" || name === "mocks" ? "node" : "browser",
    source,
    // A test runs where msw is installed: its runner loads it, or any bundler of tests.
    ...(name === "mocks" && { external: ["msw", "msw/node"] }),
  };
}

/** The functions of some operations, which need no client object. */
function printOperations(name: PackageName, taken: readonly OperationName[]): string {
  const calls = taken.map((operation) => `${operation}: (input) => ${operation}(transport, input)`);
  if (name === "core") {
    return `
      import { ${taken.join(", ")} } from "${core}";
      export default (transport) => ({ ${calls.join(", ")} });`;
  }
  if (name === "mocks") {
    const functions = taken.map((operation) => `mock${capitalize(operation)}`);
    return `
      import { ${functions.join(", ")} } from "${core}-mocks";
      import { setupServer } from "msw/node";
      ${taken.map((operation, index) => `export const ${operation} = ${functions[index]}();`).join("\n")}
      export const server = setupServer(${taken.map((operation) => `${operation}.handler`).join(", ")});`;
  }
  return `
    import { ${taken.join(", ")} } from "${core}";
    import { createTransport } from "${core}-${name}";
    const transport = createTransport(${options});
    export default { ${calls.join(", ")} };`;
}

/** The object with a method for each operation. */
function printClient(name: PackageName): string {
  if (name === "core") {
    return `
      import { MarketplaceMeteringClient } from "${core}";
      export default (transport) => new MarketplaceMeteringClient(transport);`;
  }
  if (name === "mocks") {
    return `
      import { mockMarketplaceMetering } from "${core}-mocks";
      import { setupServer } from "msw/node";
      export const mock = mockMarketplaceMetering();
      export const server = setupServer(...mock.handlers);`;
  }
  return `
    import { MarketplaceMetering } from "${core}-${name}";
    export default new MarketplaceMetering(${options});`;
}

/** A handler that tells errors apart, in a module that calls nothing; and the test of one. */
function printErrors(name: PackageName): string {
  if (name === "mocks") {
    return `
      import { ThrottlingException } from "${core}";
      import { mockResolveCustomer } from "${core}-mocks";
      import { setupServer } from "msw/node";
      const mock = mockResolveCustomer();
      mock.rejects(new ThrottlingException({ message: "slow down" }));
      export const server = setupServer(mock.handler);`;
  }
  return `
    import { CustomerNotEntitledException, isServiceError, ThrottlingException } from "${
      name === "core" ? core : `${core}-${name}`
    }";
    export default (error) => {
      if (error instanceof ThrottlingException) return "later";
      if (error instanceof CustomerNotEntitledException) return "never";
      return isServiceError(error) ? error.message : "unknown";
    };`;
}
