import { type Resolution, resolutions } from "./program.ts";

/** Where a user's program runs, as its compiler options say it. */
export interface Environment {
  readonly title: string;
  readonly lib: readonly string[];
  readonly types: readonly string[];
  /** How imports are resolved there. */
  readonly resolutions: readonly Resolution[];
}

/** Where the edge package and the core run. None of these has the types of Node. */
export const webEnvironments: readonly Environment[] = [
  { title: "a page", lib: ["ES2022", "DOM"], types: [], resolutions },
  // What is there does not change how imports are resolved, and workers are bundled.
  {
    title: "a web worker",
    lib: ["ES2022", "WebWorker"],
    types: [],
    resolutions: ["bundler"],
  },
  {
    title: "a Cloudflare Worker",
    lib: ["ES2022"],
    types: ["@cloudflare/workers-types"],
    resolutions: ["bundler"],
  },
];

/** Where the node package and the generator run. */
export const nodeEnvironment: Environment = {
  title: "Node",
  lib: ["ES2022"],
  types: ["node"],
  resolutions,
};

/** Where the mocks run. msw asks for the types of the DOM. */
export const testEnvironment: Environment = {
  title: "tests on Node",
  lib: ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  types: ["node"],
  resolutions,
};
