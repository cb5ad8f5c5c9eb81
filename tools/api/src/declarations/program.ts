/** Files of a project, and how they are compiled. */
export interface Program {
  /** The absolute path of the project. */
  readonly project: string;
  /** Paths in the project. */
  readonly files: readonly string[];
  readonly resolution: Resolution;
  /** What is there beside the language, as `lib` of the compiler options. */
  readonly lib: readonly string[];
  /** Packages whose global types are there. */
  readonly types: readonly string[];
}

/** How imports are resolved: `moduleResolution` of the compiler options. */
export type Resolution = "bundler" | "nodenext" | "node16";

export const resolutions: readonly Resolution[] = ["bundler", "nodenext", "node16"];

/** The `module` that belongs to each. */
export const modules: { readonly [resolution in Resolution]: string } = {
  bundler: "esnext",
  nodenext: "nodenext",
  node16: "node16",
};

/**
 * The strictest that a user may have: every declaration of every package is checked, too. Only the
 * compiler's own are not, which takes half of the time.
 */
export const strictness = {
  target: "es2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  noEmit: true,
} as const;

/** What a compiler has to say against a program. */
export interface Finding {
  /** The path in the project, or empty where it is against no file. */
  readonly file: string;
  readonly line: number;
  /** Such as 2322. */
  readonly code: number;
  readonly message: string;
}

export type Check = (program: Program) => readonly Finding[];
