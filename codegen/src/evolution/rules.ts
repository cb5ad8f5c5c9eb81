import { constraintRules } from "./constraint-rules.ts";
import { documentationRules } from "./documentation-rules.ts";
import { memberRules } from "./member-rules.ts";
import { nameRules } from "./name-rules.ts";
import { operationRules } from "./operation-rules.ts";
import type { Rule } from "./rule.ts";
import { serviceRules } from "./service-rules.ts";
import { shapeRules } from "./shape-rules.ts";
import { typeRules } from "./type-rules.ts";
import { waiterRules } from "./waiter-rules.ts";

/** Every rule, in the order in which changes are told. */
export const rules: readonly Rule[] = [
  ...operationRules,
  ...shapeRules,
  ...memberRules,
  ...typeRules,
  ...constraintRules,
  ...waiterRules,
  ...nameRules,
  ...serviceRules,
  ...documentationRules,
];
