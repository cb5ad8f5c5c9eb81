/** What is bundled for runtimes other than Node: the floor, ours, and the rivals. */
export const edgeCandidateNames = [
  "bare-fetch",
  "pawprint-edge",
  "aws-sdk-fetch",
  "aws4fetch",
] as const;

export type EdgeCandidateName = (typeof edgeCandidateNames)[number];

export const edgeFloor: EdgeCandidateName = "bare-fetch";
export const edgeOurs: EdgeCandidateName = "pawprint-edge";
