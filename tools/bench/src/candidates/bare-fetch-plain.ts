import { createFetchFloor } from "./fetch-floor.ts";
import { plainHashing } from "./plain-hashing.ts";

/** For runtimes other than Node. */
export const candidate = createFetchFloor(plainHashing);
