import { countCallCosts, writeBudgets } from "./call-costs.ts";

// What calls take now is what they may take: the diff of the file says whether that is less.
await writeBudgets({ node: await countCallCosts("node"), edge: await countCallCosts("edge") });
