/** What a change asks of the next version, by what it does to code that compiled and ran before. */
export type ChangeClass = "major" | "minor" | "patch";

/** From the strongest to the weakest. */
export const changeClasses: readonly ChangeClass[] = ["major", "minor", "patch"];

export type Bump = ChangeClass | "none";

/** Where a changelog tells of a change. */
export type ChangeGroup = "added" | "breaking" | "changed" | "docs" | "fixed";

/** One difference between two models, as a user of the generated packages meets it. */
export interface Change {
  /** The id of a shape or member: of the new model, or of the old one where it is gone. */
  readonly address: string;
  readonly class: ChangeClass;
  /** The name of the rule that found it. */
  readonly rule: string;
  readonly group: ChangeGroup;
  /** A sentence. */
  readonly message: string;
}

export function strongestOf(classes: readonly ChangeClass[]): Bump {
  return changeClasses.find((candidate) => classes.includes(candidate)) ?? "none";
}
