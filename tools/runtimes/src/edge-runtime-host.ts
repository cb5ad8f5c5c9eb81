import { readFile } from "node:fs/promises";
import { EdgeVM } from "@edge-runtime/vm";

// Runs one program in Vercel's Edge Runtime, and prints its results. Arguments: its file, the bench.
const [, , file = "", bench = ""] = process.argv;
const runtime = new EdgeVM({ initialCode: await readFile(file, "utf8") });
const results = await runtime.evaluate<Promise<unknown>>(`runProgram(${JSON.stringify(bench)})`);
console.log(JSON.stringify(results));
