import { isResolveCustomerError, resolveCustomer } from "@pawprint/marketplace-metering-edge";
import type { Environment } from "./environment.ts";
import { createMeteringTransport } from "./metering.ts";
import type { UsageLedger } from "./usage-ledger.ts";

/**
 * The fulfilment URL of the product: AWS Marketplace sends the buyer's browser here, with a form
 * that holds the registration token. The buyer goes on to the sign-up page with an id that stands
 * for the purchase.
 */
export async function fulfil(
  request: Request,
  environment: Environment,
  ledger: DurableObjectStub<UsageLedger>,
): Promise<Response> {
  const token = await readToken(request);
  if (token === undefined) return startAgain();
  try {
    const customer = await resolveCustomer(createMeteringTransport(environment), {
      RegistrationToken: token,
    });
    const { ProductCode, CustomerAWSAccountId: account, LicenseArn: license } = customer;
    if (ProductCode !== environment.PRODUCT_CODE || !account || !license) {
      console.error(JSON.stringify({ event: "registration for another product", ProductCode }));
      return startAgain();
    }
    const page = new URL(environment.SIGN_UP_URL);
    page.searchParams.set("customer", await ledger.register({ account, license }));
    return new Response(null, { status: 303, headers: { location: page.href } });
  } catch (error) {
    if (!isResolveCustomerError(error)) throw error;
    switch (error.name) {
      case "ExpiredTokenException":
      case "InvalidTokenException":
        return startAgain();
      case "ThrottlingException":
      case "InternalServiceErrorException":
        // The token works for about 4 hours: reloading the page posts it again.
        return answer(503, "AWS Marketplace is busy. Please reload this page in a minute.");
      default:
        throw error;
    }
  }
}

async function readToken(request: Request): Promise<string | undefined> {
  try {
    const token = (await request.formData()).get("x-amzn-marketplace-token");
    return typeof token === "string" && token !== "" ? token : undefined;
  } catch {
    return undefined;
  }
}

function startAgain(): Response {
  return answer(
    400,
    "This link does not work any more. Please open the product in AWS Marketplace and choose “Set up your account” again.",
  );
}

function answer(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}
