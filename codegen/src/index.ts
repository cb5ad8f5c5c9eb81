export type { GeneratedPackage } from "./emit/package-plan.ts";
export type { GeneratedFile } from "./emit/source-file.ts";
export type { Bump, Change, ChangeClass, ChangeGroup } from "./evolution/change.ts";
export type { Comparison } from "./evolution/compare-services.ts";
export { type DiffOptions, diffModels } from "./evolution/diff-models.ts";
export { type Update, type UpdateOptions, updateModel } from "./evolution/update-model.ts";
export {
  findModels,
  type GenerateOptions,
  type Generation,
  generate,
} from "./generate.ts";
export type { Omission } from "./ir/service.ts";
export { ModelError } from "./reader/model-error.ts";
export type { ModelFiles } from "./reader/read-model.ts";
export { OutputError } from "./write/output-error.ts";
export type { Difference } from "./write/write-packages.ts";
