import { exampleService, type Part, type Parts } from "../reader/example.test-model.ts";
import { compareServices } from "./compare-services.ts";

/** What is told of two small models, each as `class rule: message`. */
export function changesBetween(
  old: Parts,
  next: Parts,
  services: { readonly old?: Part; readonly new?: Part } = {},
): readonly string[] {
  const { changes } = compareServices(
    exampleService(old, services.old),
    exampleService(next, services.new),
  );
  return changes.map(({ class: strength, rule, message }) => `${strength} ${rule}: ${message}`);
}
