import { printTable } from "./table.ts";
import type { Report } from "./test-runtimes.ts";

/** Whether a report is worth keeping: everything was run, and nothing went wrong. */
export function isComplete({ rows, skips }: Report): boolean {
  const isGreen = rows.every(
    ({ cells, failure }) => failure === undefined && cells.every(({ state }) => state === "passed"),
  );
  return isGreen && skips.length === 0 && rows.length > 0;
}

/** The page that shows where the packages were run, in Markdown. */
export function printDocument(report: Report): string {
  return `<!-- Written by \`npm run runtimes\`: do not edit. -->

# Runtimes

What happened when the packages, as npm packs them, were installed into an empty project and run in each runtime that they are for. \`npm run runtimes\` does it again, and fails where a cell is not ✓.

${printTable(report)}

**Package**: \`@pawprint/marketplace-metering-node\` or \`-edge\`, and for the protocol tests the packages that are generated from the test models.

**Loaded by**: \`import\` and \`require\` take the installed packages as they are. \`bundle\` puts program and packages into one file with esbuild, which imports nothing: a module in workerd and in the page of a browser. Workers have Node's modules unless they turn them off or are of an older date; plain workerd has none.

- **Protocol tests**: [Smithy's](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html) client cases for AWS JSON 1.0 and 1.1, over an HTTP handler in memory and over sockets to servers on 127.0.0.1. A server there cannot have the host that a case asks for, so some cases are for the handler only. What is known to fail is listed, with the reason, in \`tools/conformance/known-failures.json\`.${printLimits(report)}
- **Operations**: all four of AWS Marketplace Metering, on the mocks, over sockets. What arrives is compared, and every signature made again with \`@smithy/signature-v4\`, here and in all that follow.
- **Typed error**: a modelled error arrives as its class, with its message and status.
- **Retry**: a throttled call is sent once more, with the same idempotency token.
- **Time-out** and **abort**: a call without an answer ends with \`TimeoutError\`, or with \`AbortError\` when its signal fires. Node, Bun and Deno have to end by themselves afterwards.
- **200 calls**, all at once: each gets its own answer.
`;
}

function printLimits({ limits }: Report): string {
  return limits.map(({ runtime, reason }) => ` ${runtime} ${reason}.`).join("");
}
