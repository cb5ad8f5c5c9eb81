import { MarketplaceMetering } from "@pawprint/marketplace-metering-edge";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { getResponse } from "msw";

declare function report(outcome: Promise<unknown>): void;

const mock = mockMarketplaceMetering();
mock.resolveCustomer.resolves({ ProductCode: "example-product" });

const client = new MarketplaceMetering({
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
  fetch: async (url, init) => {
    const response = await getResponse([...mock.handlers], new Request(url, init));
    if (response === undefined) throw new Error(`No mock answers ${url}`);
    return response;
  },
});

report(
  client
    .resolveCustomer({ RegistrationToken: "token" })
    .then(({ ProductCode }) => [ProductCode, mock.resolveCustomer.calls[0]?.input]),
);
