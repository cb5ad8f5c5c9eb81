/** A line of the main table. */
export interface ClientLine {
  /** As the programs name it. */
  readonly client: string;
  /** Ours for the same platform: what it is compared with. */
  readonly ours: string;
  /** What its users install. */
  readonly package: string;
}

const edge = "pawprint, edge";
const node = "pawprint, Node";

export const clientLines: readonly ClientLine[] = [
  { client: edge, ours: edge, package: "@pawprint/marketplace-metering-edge" },
  { client: "@aws-sdk, browser", ours: edge, package: "@aws-sdk/client-marketplace-metering" },
  { client: "aws-sdk v2, browser", ours: edge, package: "aws-sdk" },
  { client: "aws4fetch", ours: edge, package: "aws4fetch" },
  { client: node, ours: node, package: "@pawprint/marketplace-metering-node" },
  { client: "@aws-sdk, Node", ours: node, package: "@aws-sdk/client-marketplace-metering" },
  { client: "aws-sdk v2, Node", ours: node, package: "aws-sdk" },
  { client: "aws-lite, Node", ours: node, package: "@aws-lite/client" },
];
