import { capitalize, credentials, type OperationName, operations, options } from "./operations.ts";
import { modulesFirst, type Program } from "./program.ts";

const sdk = "@aws-sdk/client-marketplace-metering";

const oneOperation = operations.slice(0, 1);

/** The programs of `pawprint-programs.ts`, on other clients. */
export const rivalPrograms: readonly Program[] = [
  ...[
    { client: "@aws-sdk, browser", platform: "browser" } as const,
    { client: "@aws-sdk, Node", platform: "node", mainFields: modulesFirst } as const,
    { client: "@aws-sdk, Node, bundler's defaults", platform: "node" } as const,
  ].flatMap((base): readonly Program[] => [
    { ...base, scope: "one operation", source: printSdkOperations(oneOperation) },
    {
      ...base,
      scope: "all operations",
      source: printSdkClient(),
    },
    {
      ...base,
      scope: "errors only",
      source: `
        import {
          CustomerNotEntitledException,
          MarketplaceMeteringServiceException,
          ThrottlingException,
        } from "${sdk}";
        export default (error) => {
          if (error instanceof ThrottlingException) return "later";
          if (error instanceof CustomerNotEntitledException) return "never";
          return error instanceof MarketplaceMeteringServiceException ? error.message : "unknown";
        };`,
    },
  ]),
  {
    client: "aws-sdk v2, browser",
    scope: "all operations",
    platform: "browser",
    source: printSecondSdk(),
  },
  {
    client: "aws-sdk v2, Node",
    scope: "all operations",
    platform: "node",
    source: printSecondSdk(),
  },
  ...[oneOperation, operations].map(
    (taken): Program => ({
      client: "aws-lite, Node",
      scope: taken.length === 1 ? "one operation" : "all operations",
      platform: "node",
      source: printAwsLite(taken),
    }),
  ),
  ...[oneOperation, operations].map(
    (taken): Program => ({
      client: "aws4fetch",
      scope: taken.length === 1 ? "one operation" : "all operations",
      platform: "browser",
      source: printAws4fetch(taken),
    }),
  ),
];

/** With the credential chain, which is imported on demand here, too. */
export const wholeSdkProgram: Program = {
  client: "@aws-sdk, Node",
  scope: "all operations",
  platform: "node",
  mainFields: modulesFirst,
  onDemand: "included",
  source: printSdkClient(),
};

/** Commands for one operation, two, and so on, to all of them. */
export const sdkStepPrograms: readonly Program[] = operations.map((_, index) => {
  const taken = operations.slice(0, index + 1);
  return {
    client: "@aws-sdk, browser",
    scope: taken.join(" + "),
    platform: "browser",
    source: printSdkOperations(taken),
  };
});

function printSdkOperations(taken: readonly OperationName[]): string {
  const commands = taken.map((operation) => `${capitalize(operation)}Command`);
  const calls = taken.map(
    (operation, index) => `${operation}: (input) => client.send(new ${commands[index]}(input))`,
  );
  return `
    import { ${commands.join(", ")}, MarketplaceMeteringClient } from "${sdk}";
    const client = new MarketplaceMeteringClient(${options});
    export default { ${calls.join(", ")} };`;
}

function printSdkClient(): string {
  return `
    import { MarketplaceMetering } from "${sdk}";
    export default new MarketplaceMetering(${options});`;
}

/** It has no smaller part than a service. */
function printSecondSdk(): string {
  return `
    import MarketplaceMetering from "aws-sdk/clients/marketplacemetering.js";
    export default new MarketplaceMetering(${options});`;
}

/** It has no plugin for this service: its generic call signs and sends JSON. */
function printAwsLite(taken: readonly OperationName[]): string {
  const calls = taken.map(
    (operation) => `${operation}: (input) => send("${capitalize(operation)}", input)`,
  );
  return `
    import awsLite from "@aws-lite/client";
    const client = await awsLite({ ...${credentials}, region: "us-east-1", autoloadPlugins: false });
    const send = (operation, payload) =>
      client({
        service: "aws-marketplace",
        host: "metering.marketplace.us-east-1.amazonaws.com",
        method: "POST",
        path: "/",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AWSMPMeteringService." + operation,
        },
        payload,
      });
    export default { ${calls.join(", ")} };`;
}

/** It signs and sends: what to send, and where, is up to its caller. */
function printAws4fetch(taken: readonly OperationName[]): string {
  const calls = taken.map(
    (operation) => `${operation}: (input) => send("${capitalize(operation)}", input)`,
  );
  return `
    import { AwsClient } from "aws4fetch";
    const client = new AwsClient({ ...${credentials}, region: "us-east-1", service: "aws-marketplace" });
    const send = async (operation, input) => {
      const response = await client.fetch("https://metering.marketplace.us-east-1.amazonaws.com", {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AWSMPMeteringService." + operation,
        },
        body: JSON.stringify(input),
      });
      if (!response.ok) throw new Error(await response.text());
      return response.json();
    };
    export default { ${calls.join(", ")} };`;
}
