/** A part of AWS that shares nothing with the others: its own regions, accounts and DNS names. */
export interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  /** The region that answers for services without regions. */
  readonly implicitGlobalRegion: string;
  readonly supportsFIPS: boolean;
  readonly supportsDualStack: boolean;
}

/**
 * The partition of a region. A region that no partition claims belongs to `aws`, so that a new
 * region works before this table knows it.
 */
export function partition(region: string): Partition {
  const row = partitions.find(([, regions]) => regions.test(region)) ?? aws;
  const [name, , dnsSuffix, dualStackDnsSuffix, implicitGlobalRegion] = row;
  return {
    name,
    dnsSuffix,
    dualStackDnsSuffix,
    implicitGlobalRegion,
    supportsFIPS: true,
    supportsDualStack: true,
  };
}

type PartitionRow = readonly [
  name: string,
  /** The names of its regions, and the pseudo-region of its global services. */
  regions: RegExp,
  dnsSuffix: string,
  dualStackDnsSuffix: string,
  implicitGlobalRegion: string,
];

const aws: PartitionRow = [
  "aws",
  /^(?:(?:af|ap|ca|eu|il|me|mx|sa|us)-\w+-\d+|aws-global)$/,
  "amazonaws.com",
  "api.aws",
  "us-east-1",
];

const partitions: readonly PartitionRow[] = [
  aws,
  [
    "aws-cn",
    /^(?:cn-\w+-\d+|aws-cn-global)$/,
    "amazonaws.com.cn",
    "api.amazonwebservices.com.cn",
    "cn-northwest-1",
  ],
  ["aws-eusc", /^eusc-de-\w+-\d+$/, "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"],
  [
    "aws-iso",
    /^(?:us-iso-\w+-\d+|aws-iso-global)$/,
    "c2s.ic.gov",
    "api.aws.ic.gov",
    "us-iso-east-1",
  ],
  [
    "aws-iso-b",
    /^(?:us-isob-\w+-\d+|aws-iso-b-global)$/,
    "sc2s.sgov.gov",
    "api.aws.scloud",
    "us-isob-east-1",
  ],
  [
    "aws-iso-e",
    /^(?:eu-isoe-\w+-\d+|aws-iso-e-global)$/,
    "cloud.adc-e.uk",
    "api.cloud-aws.adc-e.uk",
    "eu-isoe-west-1",
  ],
  [
    "aws-iso-f",
    /^(?:us-isof-\w+-\d+|aws-iso-f-global)$/,
    "csp.hci.ic.gov",
    "api.aws.hci.ic.gov",
    "us-isof-south-1",
  ],
  [
    "aws-us-gov",
    /^(?:us-gov-\w+-\d+|aws-us-gov-global)$/,
    "amazonaws.com",
    "api.aws",
    "us-gov-west-1",
  ],
];
