import {
  type JsonProblem,
  JsonReader,
  type MemberCheck,
  type MemberRules,
} from "./json-problems.ts";

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

export const defaultAssumptions: Assumptions = {
  clockTolerance: 5 * 60 * 1_000,
  refusedCredentialsError: "CustomerNotEntitledException",
  claimNames: "camelCase",
};

/** What is wrong with assumptions, whoever made them. */
export function findAssumptionProblems(assumptions: object): readonly JsonProblem[] {
  const reader = new JsonReader();
  reader.readObject(assumptions, "", memberRules);
  return reader.problems;
}

const isOneOf =
  (...allowed: readonly unknown[]): MemberCheck =>
  (value) =>
    allowed.includes(value) ? undefined : `one of ${allowed.join(", ")}`;

const memberRules = {
  clockTolerance: {
    check: (value) =>
      Number.isSafeInteger(value) && Number(value) >= 0
        ? undefined
        : "a whole number from 0, of milliseconds,",
  },
  refusedCredentialsError: {
    check: isOneOf("AccessDeniedException", "CustomerNotEntitledException"),
  },
  claimNames: { check: isOneOf("camelCase", "PascalCase") },
} satisfies { readonly [name in keyof Assumptions]: MemberRules[string] };
