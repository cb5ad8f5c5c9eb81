import { createFetchFloor } from "./fetch-floor.ts";
import { nodeHashing } from "./node-hashing.ts";

export const candidate = createFetchFloor(nodeHashing);
