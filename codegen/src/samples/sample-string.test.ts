import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../ir/pattern.ts";
import type { Bounds } from "../ir/shape.ts";
import { sampleString } from "./sample-string.ts";

function between(min: number | undefined, max: number | undefined): Bounds {
  return { min, max };
}

describe("without a pattern, a string is made from its name", () => {
  test.each([
    [undefined, undefined, "example"],
    ["ProductCode", undefined, "example-product-code"],
    ["CustomerAWSAccountId", undefined, "123456789012"],
    ["S3BucketName", undefined, "example-s3-bucket-name"],
    ["RoleArn", undefined, "arn:aws:iam::123456789012:role/example"],
    ["LicenseArn", undefined, "arn:aws:service:us-east-1:123456789012:example-license"],
    ["awsRegion", undefined, "us-east-1"],
    ["CallbackUrl", undefined, "https://example.com/callback"],
    ["ExampleName", undefined, "example-name"],
    ["ProductCode", between(1, 10), "example-pr"],
    ["ProductCode", between(1, 8), "example"],
    ["Id", between(24, 24), "example-id-example-id-ex"],
    ["RoleArn", between(1, 8), "example"],
    ["Id", between(0, 0), ""],
  ])("%s, length %o: %s", (hint, length, expected) => {
    expect(sampleString({ length, pattern: undefined }, { hint })).toBe(expected);
  });
});

describe("a pattern with which a test may not come to its end still shapes the string", () => {
  test.each([
    ["^([a-z]+)+$", "exampleaverylongnameforamemberwithmorewordsthanusual"],
    ["^x([a-z]+)+!$", "xexampleaverylongnameforamemberwithmorewordsthanusual!"],
    ["^(([a-z-]+)+ )+$", "example-a-very-long-name-for-a-member-with-more-words-than-usual "],
  ])("%s", (pattern, expected) => {
    const hint = "AVeryLongNameForAMemberWithMoreWordsThanUsual";
    expect(sampleString({ length: between(1, 2048), pattern }, { hint })).toBe(expected);
  });
});

test("where a test may not come to its end, nothing is made of what only a test would tell", () => {
  const hint = "AVeryLongNameForAMemberWithMoreWordsThanUsual";
  for (const pattern of ["^(?!example)([a-z]+)+$", "^([a-z]+)+\\b!$"]) {
    const constraints = { length: between(40, 2048), pattern };
    expect(sampleString(constraints, { hint })).toBeUndefined();
  }
});

describe("a pattern shapes the string", () => {
  test.each([
    ["^[a-zA-Z0-9_]+$", "ProductCode", "example_product_code"],
    ["^[a-zA-Z0-9]+$", "ProductCode", "ExampleProductCode"],
    ["^[A-Z]+$", "ProductCode", "EXAMPLEPRODUCTCODE"],
    ["^[0-9]{12}$", "AccountId", "123456789012"],
    ["^\\d+$", "Port", "1"],
    ["^(Mon|Tue):([01]\\d|2[0-3])$", "Day", "Mon:11"],
    ["^vol-[a-f0-9]{8}$", "VolumeId", "vol-1a2b3c4d"],
    [
      "^arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:model/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$",
      "ModelArn",
      "arn:aws:sagemaker:us-east-1:123456789012:model/example-model",
    ],
    [
      "^arn:aws[a-z\\-]*:lambda:[a-z0-9\\-]*:[0-9]{12}:function:",
      "LambdaFunctionArn",
      "arn:aws:lambda:us-east-1:123456789012:function:example-lambda-function",
    ],
    ["^(https|s3)://([^/]+)/?(.*)$", "ModelUri", "https://example.com/model"],
    ["^\\d{1,4}.\\d{1,4}$", "Version", "1.1"],
    ["^((25[0-5]|(2[0-4]|1\\d|[1-9]|)\\d)\\.?\\b){4}$", "Ip", "251.251.251.251"],
    ["^(?!-)[a-z-]+(?<!-)$", "Name", "example-name"],
    ["^(?=.*\\d)(?=.*[A-Z])(?=.*[^a-zA-Z0-9]).{8,}$", "Password", "Example-Password-1"],
    ["^([a-z])x\\1$", "Echo", "axa"],
    ["^(?<a>[b-d])\\k<a>$", "Echo", "bb"],
    ["^(?:^arn:x$|^$)$", "Arn", "arn:x"],
    ["^\\p{Lu}{2}[\\u4e00-\\u9fff]+$", "Name", "EX你"],
    ["^[,;:|\\t ]$", "Delimiter", ":"],
    ["^a$", "Letter", "a"],
    ["", "Anything", "example-anything"],
  ])("%s", (pattern, hint, expected) => {
    expect(sampleString({ length: undefined, pattern }, { hint })).toBe(expected);
  });
});

describe("pattern and length hold together", () => {
  test.each([
    ["^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", between(36, 36)],
    ["^([0-9a-f]{16})+$", between(112, 1024)],
    ["^sg-[0-9a-z]*$", between(0, 6)],
    ["^fs-[0-9a-f]{8,}$", between(21, 21)],
    ["^x(ab)*y?$", between(20, 20)],
    ["^[\\u{1F600}-\\u{1F64F}]+$", between(3, 3)],
    ["^a|b{5}", between(5, 5)],
    ["^(ab){3000}$", between(6000, 6000)],
  ])("%s, %o", (pattern, length) => {
    const text = sampleString({ length, pattern }, { hint: "SecurityGroupName" }) ?? "";
    expect(text).toMatch(compilePattern(pattern) ?? /^$/);
    expect(Array.from(text).length).toBeGreaterThanOrEqual(length.min ?? 0);
    expect(Array.from(text).length).toBeLessThanOrEqual(length.max ?? 0);
  });
});

test("nothing comes back where nothing fits", () => {
  expect(sampleString({ length: between(2, 3), pattern: "^a$" })).toBeUndefined();
  expect(sampleString({ length: between(3, 2), pattern: undefined })).toBeUndefined();
  expect(sampleString({ length: undefined, pattern: "^(?!a)a$" })).toBeUndefined();
});

test("a pattern that does not compile is no constraint", () => {
  expect(sampleString({ length: undefined, pattern: "(" }, { hint: "Name" })).toBe("example-name");
});

describe("variants differ", () => {
  test.each([
    ["^[a-zA-Z0-9-]+$", between(1, 20)],
    ["^[A-Z]+$", undefined],
    ["^\\d{4}$", undefined],
    ["^vpc-[0-9a-z]+$", undefined],
    ["^[a-c]$", undefined],
    [undefined, between(1, 1)],
    ["^arn:aws:x:[a-z0-9-]+:\\d{12}:thing/", undefined],
  ])("%s, %o", (pattern, length) => {
    const texts = [0, 1, 2].map((variant) =>
      sampleString({ length, pattern }, { hint: "Name", variant }),
    );
    expect(texts).not.toContain(undefined);
    expect(new Set(texts).size).toBe(3);
  });

  test("as long as there are as many", () => {
    const constraints = { length: undefined, pattern: "^(yes|no)$" };
    const texts = [0, 1, 2].map((variant) => sampleString(constraints, { variant }));
    expect(texts).toEqual(["yes", "no", undefined]);
  });
});

const data = process.env.PAWPRINT_REFERENCE_DATA;

describe.skipIf(data === undefined)("AWS's models (PAWPRINT_REFERENCE_DATA)", async () => {
  const found = await readConstraints(data);

  test("have a sample for 99 of 100 patterns", () => {
    const failed = found.filter(({ hint, ...constraints }) => {
      return sampleString(constraints, { hint }) === undefined;
    });
    expect(found.length).toBeGreaterThan(300);
    expect(failed.length / found.length, JSON.stringify(failed)).toBeLessThanOrEqual(0.01);
  });
});

interface FoundConstraints {
  readonly length: Bounds | undefined;
  readonly pattern: string;
  readonly hint: string;
}

interface ModelPart {
  readonly traits?: {
    readonly "smithy.api#pattern"?: string;
    readonly "smithy.api#length"?: Bounds;
  };
}

async function readConstraints(folder: string | undefined): Promise<readonly FoundConstraints[]> {
  if (folder === undefined) return [];
  const models = join(folder, "smithy-models");
  const found = new Map<string, FoundConstraints>();
  for (const file of await readdir(models)) {
    JSON.parse(await readFile(join(models, file), "utf8"), (key, part: ModelPart | null) => {
      const pattern = part?.traits?.["smithy.api#pattern"];
      const length = part?.traits?.["smithy.api#length"];
      const hint = key.slice(key.indexOf("#") + 1);
      const id = JSON.stringify([pattern, length]);
      if (pattern !== undefined) found.set(id, { length, pattern, hint });
      return part;
    });
  }
  return [...found.values()];
}
