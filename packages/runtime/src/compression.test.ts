import { gunzipSync } from "node:zlib";
import { expect, it, onTestFinished, vi } from "vitest";
import { gzip } from "./compression.ts";
import { createServiceTransport } from "./create-transport.ts";
import { exampleService, FakeHttpHandler, getProduct, respond } from "./example.test-service.ts";
import type { HttpRequest } from "./http-handler.ts";
import { Sha256 } from "./node/sha256.ts";

const input = { Id: "a".repeat(20_000) };

async function send(): Promise<HttpRequest> {
  const handler = new FakeHttpHandler(respond(200));
  const transport = createServiceTransport(
    exampleService,
    {
      userAgent: "lang/js",
      userAgentHeader: "user-agent",
      options: {},
      sha256: Sha256,
      createHttpHandler: () => handler,
    },
    {
      region: "eu-west-1",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
      validate: false,
    },
  );
  await transport.call({ ...getProduct, compression: gzip }, input);
  return handler.requests[0] as HttpRequest;
}

it("compresses a large body, where the operation allows it", async () => {
  const { headers, body } = await send();
  expect(headers["content-encoding"]).toBe("gzip");
  expect(JSON.parse(gunzipSync(body).toString())).toEqual(input);
});

it("sends a large body as it is where the runtime cannot compress", async () => {
  vi.stubGlobal("CompressionStream", undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { headers, body } = await send();
  expect(headers).not.toHaveProperty("content-encoding");
  expect(JSON.parse(Buffer.from(body).toString())).toEqual(input);
});
