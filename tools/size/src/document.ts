import { readFile } from "node:fs/promises";
import { drawBars } from "tools-performance-page/bars";
import { printMarkdown, type Table } from "tools-performance-page/table";
import { clientLines } from "./clients.ts";
import { createPartTable } from "./part-table.ts";
import { type Report, selectProgram } from "./report.ts";
import {
  createBundleTable,
  createInstallTable,
  createMainTable,
  createStepTable,
} from "./tables.ts";
import { createTargets, createTargetTable } from "./targets.ts";

export interface Section {
  readonly title: string;
  readonly text: string;
  readonly table: Table;
}

/** What is shown, in the terminal and on the page. */
export function createSections(report: Report): readonly Section[] {
  return [
    {
      title: "Beside others",
      text: "Bundles of esbuild, minified, gzip. A client whose smallest part is a service has it for one operation, too. aws4fetch and aws-lite sign and send what they are given: they know no operation of this service, no type and no error.",
      table: createMainTable(report),
    },
    {
      title: "Targets",
      text: "For bundles, the larger one of the two bundlers counts. What an edge bundle consists of is told below, and [why it is no smaller](decisions/2026-11-small-bundles.md) stands with the decisions; most of what is installed for the edge is types.",
      table: createTargetTable(createTargets(report)),
    },
    {
      title: "One more operation",
      text: "Bytes that each further operation adds to a bundle that uses them one by one: gzip of esbuild where nothing else is said. In this order: BatchMeterUsage, MeterUsage, RegisterUsage, ResolveCustomer. The SDK's first command brings all errors of the service, and none of its commands checks an input; each of ours brings its own errors and what its input is checked against.",
      table: createStepTable(report.steps),
    },
    {
      title: "What an edge bundle consists of",
      text: "The program of one operation, by the files of which something is left: bytes, minified by esbuild. What @smithy/signature-v4 signs with is in `signing/smithy-signature-v4.js` of the runtime.",
      table: createPartTable(report.parts),
    },
    {
      title: "Bundles",
      text: "In bytes.",
      table: createBundleTable([...report.bundles.map(({ program }) => program), ...report.rivals]),
    },
    {
      title: "With what the others leave out",
      text: "In bytes, in one file: Node clients with the credential chain, ES modules first for both, and mocks with msw.",
      table: createBundleTable(report.whole),
    },
    {
      title: "Installed",
      text: "What `npm install` of a package brings, itself included. Both Node clients bring the credential chain.",
      table: createInstallTable(report),
    },
  ];
}

/** The part of `docs/performance.md` about sizes, with how the figures came about. */
export function printDocument(sections: readonly Section[], versions: Table): string {
  const parts = [
    "![Bundles of one operation, gzip](images/sizes.svg)",
    `**How.** Each program is what a user would write, and does the same on each client:

- *one operation*: a transport with a Region and credentials, and one operation function on it; all others, likewise, their client and one command or call. In *core* the transport is handed in. In *mocks* it is a test that mocks one operation with \`setupServer\` of msw.
- *all operations*: the client object; in *mocks*, the mock of the whole service.
- *errors only*: a module that calls nothing, and tells two errors by \`instanceof\`, and all others of the service, from the rest; in *mocks*, a test whose one operation always fails.

Bundles are ES modules for ES2022, minified, without comments, for browsers or for Node. What is imported on demand is not in them, for nothing of it is loaded before it is needed: in Node, that is the credential chain of both, ours and the SDK's. msw, which a test has anyway, is not in the mocks. Node bundles of the SDK take ES modules before CommonJS (\`mainFields\`), because that is less than half of what bundlers make of it by themselves; both are in the table below. gzip is at level 9, brotli at quality 11, a kB is 1,000 bytes.

Installed packages are those of this repository's lock file: dependencies of dependencies, and peers that are not optional, ours as they are in their tarballs. A test installs the tarballs into an empty project, and compares. *On disk* counts files and folders in blocks of 4 KiB, as most file systems store them.

Our own figures have budgets, in \`tools/size/budgets.json\`: \`npm test\` fails where one is exceeded, and where a figure is more than 5 % (and 200 bytes, or 5 files) below its budget, until \`npm run size -- --update\` has written a new one.`,
    printMarkdown(versions),
    ...sections.flatMap(({ title, text, table }) => [`### ${title}`, text, printMarkdown(table)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** One operation in a bundle, gzip: clients for the edge first, then those for Node. */
export function drawSizes(report: Report): string {
  const bars = clientLines.map(({ client, ours }) => {
    const program = selectProgram(report, client, "one operation");
    if (program === undefined) throw new Error(`${client}: was not measured`);
    return { label: client, value: program.weights.esbuild.gzip / 1000, isOurs: client === ours };
  });
  return drawBars("Bundle of one operation, kB gzip (esbuild)", bars);
}

const measuredPackages = [
  "esbuild",
  "rolldown",
  "@pawprint/marketplace-metering",
  "@aws-sdk/client-marketplace-metering",
  "aws-sdk",
  "@aws-lite/client",
  "aws4fetch",
  "msw",
];

/** Which versions were measured, and with which. */
export async function readVersions(): Promise<Table> {
  const rows = await Promise.all(
    measuredPackages.map(async (name) => {
      const manifest = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
      const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
      return [name, version];
    }),
  );
  return [["package", "version"], ...rows];
}
