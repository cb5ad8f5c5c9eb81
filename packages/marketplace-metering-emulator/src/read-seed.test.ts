import { describe, expect, test } from "vitest";
import { Directory } from "./directory.ts";
import { license, seed } from "./example.test-market.ts";
import { InvalidJsonError } from "./json-problems.ts";
import { readFaults } from "./read-faults.ts";
import { readSeed } from "./read-seed.ts";

async function problemsOf(json: unknown, known?: Directory): Promise<readonly string[]> {
  return readSeed(json, known).then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof InvalidJsonError)) throw error;
      return error.problems.map(({ pointer, message }) => `${pointer} ${message}`);
    },
  );
}

const product = {
  productCode: "p",
  sellerAccount: "1",
  dimensions: ["users"],
  createdOn: "2026-07-01",
};
const customer = { accountId: "2" };
const market = { products: [product], customers: [customer] };

test("a seed that is right comes out as it went in", async () => {
  const json: unknown = JSON.parse(JSON.stringify(seed));
  expect(await readSeed(json)).toEqual(json);
});

test("an empty seed is right", async () => {
  expect(await problemsOf({})).toEqual([]);
});

describe("a seed is refused", () => {
  test.each<[string, unknown, string]>([
    ["that is no object", [], " found an array; an object belongs here"],
    [
      "with an unknown key",
      { product: [] },
      "/product is unknown; what belongs here is one of products, customers, agreements, tokens, callers",
    ],
    [
      "whose products are no list",
      { products: {} },
      "/products found an object; an array belongs here",
    ],
    [
      "with an unknown key of a product",
      { products: [{ ...product, "a/b": 1 }] },
      "/products/0/a~1b is unknown; what belongs here is one of productCode, sellerAccount, dimensions, createdOn, disabled, keys",
    ],
    [
      "without a code",
      { products: [{ ...product, productCode: undefined }] },
      "/products/0/productCode found nothing; a product code of letters, digits and -/=:_.@, at most 255 of them, belongs here",
    ],
    [
      "with a code that no request can have",
      { products: [{ ...product, productCode: "my product" }] },
      '/products/0/productCode found "my product"; a product code of letters, digits and -/=:_.@, at most 255 of them, belongs here',
    ],
    [
      "with a licence that is no ARN",
      { ...market, agreements: [{ productCode: "p", customerAccount: "2", licenseArn: "l-1" }] },
      '/agreements/0/licenseArn found "l-1"; a licence such as arn:aws:license-manager::294406891311:license:l-0123456789abcdef belongs here',
    ],
    [
      "with a token of another product's licence",
      {
        customers: [customer],
        products: [product, { ...product, productCode: "q" }],
        agreements: [{ productCode: "q", customerAccount: "2", licenseArn: license }],
        tokens: [
          {
            token: "t",
            productCode: "p",
            customerAccount: "2",
            issuedAt: "2026-07-01T00:00:00Z",
            licenseArn: license,
          },
        ],
      },
      '/tokens/0/licenseArn is the licence of customer "2" for product "q"',
    ],
    [
      "with an account that is a number",
      { customers: [{ accountId: 111122223333 }] },
      "/customers/0/accountId found 111122223333; the number of an account, as a string of digits, belongs here",
    ],
    [
      "with a dimension that is no text",
      { products: [{ ...product, dimensions: ["users", 1] }] },
      "/products/0/dimensions found an array; an array of texts of 1 to 255 characters belongs here",
    ],
    [
      "with a day that there is not",
      { products: [{ ...product, createdOn: "2026-02-30" }] },
      '/products/0/createdOn found "2026-02-30"; a day such as 2026-07-01 belongs here',
    ],
    [
      "with a code that stands twice",
      { products: [product, product] },
      '/products/1/productCode "p" is that of /products/0, too',
    ],
    [
      "with an identifier of two customers",
      {
        customers: [
          { accountId: "1", customerIdentifier: "c" },
          { accountId: "2", customerIdentifier: "c" },
        ],
      },
      '/customers/1/customerIdentifier "c" is that of /customers/0, too',
    ],
    [
      "with an agreement of an unknown product",
      { ...market, agreements: [{ productCode: "q", customerAccount: "2" }] },
      '/agreements/0/productCode there is no product "q"',
    ],
    [
      "with an agreement of an unknown customer",
      { ...market, agreements: [{ productCode: "p", customerAccount: "3" }] },
      '/agreements/0/customerAccount there is no customer "3"',
    ],
    [
      "with a time that has no offset",
      {
        ...market,
        agreements: [{ productCode: "p", customerAccount: "2", endsAt: "2026-07-01T00:00:00" }],
      },
      '/agreements/0/endsAt found "2026-07-01T00:00:00"; a time such as 2026-07-01T00:00:00Z belongs here',
    ],
    [
      "with an agreement that ends before it starts",
      {
        ...market,
        agreements: [
          {
            productCode: "p",
            customerAccount: "2",
            startsAt: "2026-07-02T00:00:00Z",
            endsAt: "2026-07-01T00:00:00Z",
          },
        ],
      },
      '/agreements/0/endsAt "2026-07-01T00:00:00Z" is before startsAt',
    ],
    [
      "with a token of an unknown licence",
      {
        ...market,
        tokens: [
          {
            token: "t",
            productCode: "p",
            customerAccount: "2",
            issuedAt: "2026-07-01T00:00:00Z",
            licenseArn: license,
          },
        ],
      },
      '/tokens/0/licenseArn there is no agreement\'s licence "arn:aws:license-manager::294406891311:license:l-0123456789abcdef"',
    ],
    [
      "with credentials of a kind that there is not",
      { callers: [{ accessKeyId: "K", accountId: "1", credentials: "magic" }] },
      '/callers/0/credentials found "magic"; one of agentCoreExecutionRole, ec2InstanceRole, ecsTaskRole, eksPodIdentity, eksServiceAccountRole, longTermKeys, nodeRole belongs here',
    ],
    [
      "with a key version twice",
      { products: [{ ...product, keys: [{ version: 1 }, { version: 1 }] }] },
      "/products/0/keys/1/version 1 is that of /products/0/keys/0, too",
    ],
    [
      "with a private key that is no PEM",
      { products: [{ ...product, keys: [{ version: 1, privateKey: "secret" }] }] },
      "/products/0/keys/0/privateKey it is no PEM of PKCS #8, which begins with -----BEGIN PRIVATE KEY-----",
    ],
    [
      "with a private key that is none inside",
      {
        products: [
          {
            ...product,
            keys: [
              {
                version: 1,
                privateKey: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
              },
            ],
          },
        ],
      },
      "/products/0/keys/0/privateKey it is no RSA key in PKCS #8",
    ],
  ])("%s", async (_what, json, problem) => {
    expect(await problemsOf(json)).toEqual([problem]);
  });

  test("with all of its problems at once", async () => {
    const json = { customers: [{ accountId: 1 }, { accountId: 2, age: 3 }] };
    expect(await problemsOf(json)).toHaveLength(3);
  });
});

test("an addition may not give an identifier to a second customer", async () => {
  const json = { customers: [{ accountId: "1", customerIdentifier: "acme" }] };
  expect(await problemsOf(json, new Directory(seed))).toEqual([
    '/customers/0/customerIdentifier "acme" is that of the customer 111122223333, too',
  ]);
});

test("an addition may refer to what is known, and repeat its ids", async () => {
  const agreements = [{ productCode: "p", customerAccount: "2" }];
  expect(await problemsOf({ agreements })).toHaveLength(2);
  expect(await problemsOf({ agreements, products: [product] }, new Directory(market))).toEqual([]);
});

test("an addition with the same id takes the place of what is there", () => {
  const directory = new Directory(market);
  const agreement = { productCode: "p", customerAccount: "2" };
  directory.add({ agreements: [agreement] });
  directory.add({ agreements: [{ ...agreement, endsAt: "2026-07-01T00:00:00Z" }] });
  directory.add({ products: [{ ...product, disabled: true }] });
  expect(directory.agreements).toEqual([{ ...agreement, endsAt: "2026-07-01T00:00:00Z" }]);
  expect([...directory.products.values()]).toEqual([{ ...product, disabled: true }]);
});

test.each<[string, unknown, string]>([
  ["no list", {}, "the faults are wrong: found an object; an array belongs here"],
  ["an unknown kind", [{ kind: "flood" }], '/0/kind: found "flood"; one of clockSkew'],
  ["an unknown key", [{ kind: "hang", every: 2 }], "/0/every: is unknown; what belongs here"],
  [
    "a rate above 1",
    [{ kind: "hang" }, { kind: "hang", rate: 2 }],
    "/1/rate: found 2; a number from",
  ],
])("faults that are, or have, %s are refused with the pointer", (_what, json, message) => {
  expect(() => readFaults(json)).toThrow(message);
});
