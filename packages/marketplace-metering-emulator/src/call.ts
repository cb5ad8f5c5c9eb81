import type { Directory } from "./directory.ts";
import type { Ledger } from "./ledger.ts";
import type { RuleBook } from "./rule-book.ts";
import type { Caller } from "./seed.ts";

/** What an operation looks at beside its input. */
export interface Call {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly rules: RuleBook;
  readonly caller: Required<Omit<Caller, "secretAccessKey">>;
  /** The Region of the endpoint, as the signature names it. */
  readonly region: string;
  readonly now: Date;
  readonly options: Assumptions;
  /** An id that the same seed gives again in the same place. */
  readonly createId: () => string;
}

/**
 * What AWS's texts leave open, or say in two ways. Each has a default, and the reason for it.
 */
export interface Assumptions {
  /**
   * How far a timestamp may be ahead of the service's clock, in milliseconds. No text says it.
   * Default: 5 minutes, as far as a signature may be.
   */
  readonly clockTolerance: number;
  /**
   * What a caller with refused credentials gets from `MeterUsage`, whose model has no error for it.
   * Default: `CustomerNotEntitledException`, which sellers report from EKS.
   */
  readonly refusedCredentialsError: "AccessDeniedException" | "CustomerNotEntitledException";
  /**
   * How the claims of `RegisterUsage`'s token are written: one page of the documentation shows them
   * in PascalCase. Default: `camelCase`, which verifiers in production read.
   */
  readonly claimNames: "camelCase" | "PascalCase";
}

const choices = {
  refusedCredentialsError: ["AccessDeniedException", "CustomerNotEntitledException"],
  claimNames: ["camelCase", "PascalCase"],
} as const satisfies { readonly [name in keyof Assumptions]?: readonly Assumptions[name][] };

/** What is wrong with assumptions, whoever made them: each time the member, and what would be right. */
export function findAssumptionProblem(
  assumptions: Partial<Assumptions>,
): { readonly member: string; readonly message: string } | undefined {
  for (const [member, value] of Object.entries(assumptions)) {
    const found = `found ${JSON.stringify(value)}`;
    if (value === undefined) continue;
    if (member === "clockTolerance") {
      if (Number.isSafeInteger(value) && Number(value) >= 0) continue;
      return { member, message: `${found}; milliseconds, a whole number from 0, belong here` };
    }
    const allowed: readonly unknown[] | undefined = choices[member as keyof typeof choices];
    if (allowed === undefined) {
      const names = Object.keys(defaultAssumptions).join(", ");
      return { member, message: `is unknown; one of ${names} belongs here` };
    }
    if (allowed.includes(value)) continue;
    return { member, message: `${found}; one of ${allowed.join(", ")} belongs here` };
  }
  return undefined;
}

export const defaultAssumptions: Assumptions = {
  clockTolerance: 5 * 60 * 1_000,
  refusedCredentialsError: "CustomerNotEntitledException",
  claimNames: "camelCase",
};
