import { edgeHashing } from "./edge-hashing.ts";
import { createFetchFloor } from "./fetch-floor.ts";

/** For runtimes other than Node. */
export const candidate = createFetchFloor(edgeHashing);
