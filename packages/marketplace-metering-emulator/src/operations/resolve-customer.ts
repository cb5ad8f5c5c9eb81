import {
  ExpiredTokenException,
  InvalidTokenException,
  type ResolveCustomerRequest,
  type ResolveCustomerResult,
} from "@pawprint/marketplace-metering";
import type { Call } from "../call.ts";
import { findProduct } from "./product.ts";

/** A token says who the buyer is, to the seller of the product and for some hours. */
export function resolveCustomer(
  { RegistrationToken }: ResolveCustomerRequest,
  call: Call,
): ResolveCustomerResult {
  const { caller, directory, rules, now } = call;
  const token = directory.tokens.get(RegistrationToken);
  if (token === undefined) throw new InvalidTokenException({ message: "The token is not known." });
  const product = findProduct(token.productCode, call);
  const isSellersOnly = rules.holds("resolve-customer-account", "publishingAccountOnly", now);
  if (isSellersOnly && product.sellerAccount !== caller.accountId) {
    throw new InvalidTokenException({
      message: `The token is for a product of another account than ${caller.accountId}.`,
    });
  }
  const hours = rules.number("registration-token-lifetime", "lifetimeHours", now) ?? Infinity;
  if (now.getTime() - Date.parse(token.issuedAt) > hours * 3_600_000) {
    throw new ExpiredTokenException({ message: `The token is older than ${hours} hours.` });
  }
  const { customerIdentifier } = directory.customers.get(token.customerAccount) ?? {};
  const first = rules.text("resolve-customer-identifier", "productsCreatedFrom", now);
  const isNewer = first !== undefined && product.createdOn >= first;
  return {
    ProductCode: product.productCode,
    CustomerAWSAccountId: token.customerAccount,
    ...(token.licenseArn !== undefined && { LicenseArn: token.licenseArn }),
    ...(!isNewer && customerIdentifier !== undefined && { CustomerIdentifier: customerIdentifier }),
  };
}
