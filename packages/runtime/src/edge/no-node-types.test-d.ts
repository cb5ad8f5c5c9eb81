// Compiled with tsconfig.edge.json only: these lines are errors there once anything brings in the
// types of Node, and code for the edge could use `process` unnoticed.

// @ts-expect-error
export type ThereIsNoProcess = typeof process;

// @ts-expect-error
export type ThereIsNoBuffer = typeof Buffer;
