/** The files of the candidates, in the order of the tables; each runs in a process of its own. */
export const candidateNames = [
  "bare-http",
  "pawprint-node",
  "aws-sdk",
  "aws-sdk-v2",
  "aws-lite",
  "bare-fetch",
  "pawprint-edge",
  "aws-sdk-fetch",
  "aws4fetch",
] as const;

export type CandidateName = (typeof candidateNames)[number];

/** With what each is compared: the official SDK on the same transport, and the floor of that. */
export const rivals: readonly {
  readonly ours: CandidateName;
  readonly floor: CandidateName;
  readonly official: CandidateName;
  readonly all: readonly CandidateName[];
}[] = [
  {
    ours: "pawprint-node",
    floor: "bare-http",
    official: "aws-sdk",
    all: ["bare-http", "pawprint-node", "aws-sdk", "aws-sdk-v2", "aws-lite"],
  },
  {
    ours: "pawprint-edge",
    floor: "bare-fetch",
    official: "aws-sdk-fetch",
    all: ["bare-fetch", "pawprint-edge", "aws-sdk-fetch", "aws4fetch"],
  },
];
