import type { ReadmeLines } from "tools-performance-page/readme-lines";
import { printKilobytes, printMegabytes } from "./quantity.ts";
import { type Report, selectProgram } from "./report.ts";
import { selectInstall } from "./tables.ts";

/** The lines of the README's table "Beside others" that tell sizes. */
export function createReadmeLines(
  report: Pick<Report, "bundles" | "rivals" | "installs" | "otherInstalls">,
): ReadmeLines {
  const gzip = (client: string, scope: string): string => {
    const program = selectProgram(report, client, scope);
    if (program === undefined) throw new Error(`${client}, ${scope}: was not measured`);
    return printKilobytes(program.weights.esbuild.gzip);
  };
  const packages = (name: string): string => String(selectInstall(report, name).packages);
  const onDisk = (name: string): string => printMegabytes(selectInstall(report, name).bytesOnDisk);
  const edge = "@pawprint/marketplace-metering-edge";
  const node = "@pawprint/marketplace-metering-node";
  const sdk = "@aws-sdk/client-marketplace-metering";
  const chain = "@aws-sdk/credential-provider-node";
  return [
    [
      "edge bundle, one operation, gzip¹",
      gzip("pawprint, edge", "one operation"),
      gzip("@aws-sdk, browser", "one operation"),
      gzip("aws4fetch", "one operation"),
    ],
    [
      "Node bundle, all operations, gzip¹",
      gzip("pawprint, Node", "all operations"),
      gzip("@aws-sdk, Node", "all operations"),
      "–",
    ],
    [
      "packages installed",
      `${packages(edge)} (edge), ${packages(node)} (Node, ${packages(chain)} of them the credential chain)`,
      packages(sdk),
      packages("aws4fetch"),
    ],
    [
      "installed, on disk",
      `${onDisk(edge)} (edge), ${onDisk(node)} (Node, ${onDisk(chain)} of it the credential chain)`,
      onDisk(sdk),
      onDisk("aws4fetch"),
    ],
  ];
}
