import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createEdgeTransport } from "./edge/edge-transport.ts";
import { Sha256 } from "./edge/sha256.ts";
import type { AuthScheme } from "./endpoints/endpoint.ts";
import type { HttpRequest } from "./http-handler.ts";
import type { Operation } from "./operation.ts";
import { awsJson1_1 } from "./protocol/aws-json.ts";
import { createSigner } from "./signing/smithy-signature-v4.ts";
import { unitShape } from "./unit.ts";

const now = new Date("2026-11-01T00:00:00Z");
beforeEach(() => vi.useFakeTimers({ now, toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

const credentials = { accessKeyId: "ID", secretAccessKey: "secret" };

/** The request of a call whose endpoint has these schemes, before it was signed and after. */
async function requestFor(
  authSchemes?: readonly AuthScheme[],
  setting?: Partial<Operation<object, object>>,
): Promise<{ readonly unsigned: HttpRequest; readonly sent: HttpRequest }> {
  const service = {
    sdkId: "Example",
    shapeName: "Example",
    apiVersion: "2020-01-02",
    signingName: "example",
    packageVersion: "1.0.0",
    protocol: awsJson1_1,
    resolveEndpoint: () => ({
      url: "https://example.com/a%20b",
      ...(authSchemes && { authSchemes }),
    }),
  };
  const requests: HttpRequest[] = [];
  const transport = createEdgeTransport(service, {
    region: "us-east-1",
    credentials,
    fetch: async () => new Response("{}"),
    interceptors: [
      {
        modifyBeforeSigning: ({ request }) => {
          requests.push(request);
          return request;
        },
        readBeforeTransmit: ({ request }) => {
          requests.push(request);
        },
      },
    ],
  });
  await transport.call({ name: "Run", service, input: unitShape, errors: {}, ...setting }, {});
  const [unsigned, sent] = requests;
  if (unsigned === undefined || sent === undefined) throw new Error("no request");
  return { unsigned, sent };
}

async function authorizationFor(...schemes: readonly AuthScheme[]): Promise<string | undefined> {
  return (await requestFor(schemes)).sent.headers.authorization;
}

test("an endpoint says under which name and Region its requests are signed", async () => {
  const scheme = { name: "sigv4", signingName: "other", signingRegion: "eu-west-1" };
  expect(await authorizationFor(scheme)).toContain("/eu-west-1/other/aws4_request");
  expect(await authorizationFor()).toContain("/us-east-1/example/aws4_request");
});

test("of several schemes, the first that is supported counts", async () => {
  const first = { name: "sigv4", signingName: "first" };
  const second = { name: "sigv4", signingName: "second" };
  expect(await authorizationFor({ name: "sigv4a" }, first, second)).toContain("/us-east-1/first/");
});

test("an endpoint that takes none of the supported schemes gets no request", async () => {
  await expect(requestFor([{ name: "sigv4a" }, { name: "sigv4-s3express" }])).rejects.toThrow(
    "the endpoint https://example.com/a%20b wants a signature of sigv4a or sigv4-s3express: only sigv4 is known",
  );
});

test("an operation that is not signed does not care for schemes", async () => {
  const { sent } = await requestFor([{ name: "sigv4a" }], { auth: "none" });
  expect(sent.headers).not.toHaveProperty("authorization");
});

test.each([true, false])(
  "whether the path is escaped once more is the endpoint's choice: %s",
  async (uriEscapePath) => {
    const scheme = { name: "sigv4", disableDoubleEncoding: !uriEscapePath };
    const { unsigned, sent } = await requestFor([scheme]);
    const signer = createSigner({
      service: "example",
      region: "us-east-1",
      credentials,
      sha256: Sha256,
      uriEscapePath,
    });
    const expected = await signer.sign(unsigned, { signingDate: now });
    expect(sent.headers.authorization).toBe(expected.headers.authorization);
  },
);
