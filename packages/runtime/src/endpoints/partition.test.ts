import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { partition } from "./partition.ts";

test("a region belongs to the partition whose pattern it fits", () => {
  expect(partition("eu-central-1")).toEqual({
    name: "aws",
    dnsSuffix: "amazonaws.com",
    dualStackDnsSuffix: "api.aws",
    implicitGlobalRegion: "us-east-1",
    supportsFIPS: true,
    supportsDualStack: true,
  });
  expect(partition("cn-north-99").name).toBe("aws-cn");
  expect(partition("us-gov-west-1").name).toBe("aws-us-gov");
  expect(partition("eusc-de-east-1").name).toBe("aws-eusc");
});

test("the pseudo-region of global services belongs to its partition", () => {
  expect(partition("aws-global").name).toBe("aws");
  expect(partition("aws-cn-global").name).toBe("aws-cn");
  expect(partition("aws-iso-b-global").name).toBe("aws-iso-b");
});

test("a region that no partition claims belongs to aws", () => {
  expect(partition("mars-north-1").name).toBe("aws");
  expect(partition("us-east-1.example.com").name).toBe("aws");
  expect(partition("").name).toBe("aws");
});

interface PartitionData {
  readonly outputs: ReturnType<typeof partition>;
  readonly regions: { readonly [name: string]: unknown };
}

const data = process.env.PAWPRINT_REFERENCE_DATA;

describe.skipIf(data === undefined)("with AWS's own table (PAWPRINT_REFERENCE_DATA)", () => {
  const { partitions } = JSON.parse(
    data === undefined
      ? '{ "partitions": [] }'
      : readFileSync(`${data}/partitions-2026-08.json`, "utf8"),
  ) as { readonly partitions: readonly PartitionData[] };
  const regions = partitions.flatMap(({ outputs, regions: names }) =>
    Object.keys(names).map((region) => ({ region, outputs })),
  );

  test("the table is there", () => {
    expect(regions.length).toBeGreaterThan(40);
  });

  test.each(regions)("$region is in the partition that AWS says", ({ region, outputs }) => {
    expect(partition(region)).toEqual(outputs);
  });
});
