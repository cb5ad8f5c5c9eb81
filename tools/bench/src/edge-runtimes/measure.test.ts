import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startServer } from "../rounds.ts";
import { edgeCandidateNames, edgeOurs } from "./edge-candidates.ts";
import type { EdgeRuntime } from "./edge-runtime.ts";
import { measureEdgeRuntimes } from "./measure.ts";
import { writeProgram } from "./program-file.ts";

const plan = { turns: 1, calls: 6, warmUpRounds: 1, concurrency: 3 };

/** Node in place of a runtime for the edge: its programs are the same but for the last line. */
const node: EdgeRuntime = {
  name: "Node",
  entry: `const { createServer } = process.getBuiltinModule("node:http");
    const server = createServer(async (incoming, outgoing) => {
      const body = (await incoming.toArray()).join("");
      outgoing.end(await (await handle(new Request("http://x", { method: "POST", body }))).text());
    });
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`,
  find: () => process.execPath,
  createCommand: (file, program) => ({ file, arguments: [program.file] }),
  readPort: async ({ stdout }) => {
    for await (const chunk of stdout ?? []) return Number(String(chunk));
    throw new Error("no port");
  },
};

test("each candidate is bundled without a module of Node's", async () => {
  const folder = await mkdtemp(join(tmpdir(), "edge-programs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of edgeCandidateNames) {
    await writeProgram(folder, name, "export default { fetch: handle };");
  }
});

test("a candidate that needs Node cannot be bundled", async () => {
  await expect(writeProgram(tmpdir(), "bare-http" as never, "")).rejects.toThrow("node:http");
});

test("all candidates make their calls, by turns, and are measured from outside", async () => {
  const server = await startServer();
  onTestFinished(() => server.stop());
  const [measurement] = await measureEdgeRuntimes(server.url, plan, [node]);
  expect(measurement?.version).toBe(process.versions.node);
  expect(measurement?.failures).toEqual(new Map());
  for (const name of edgeCandidateNames) {
    expect(measurement?.rounds.get(name)?.[0]?.callsPerSecond).toBeGreaterThan(0);
  }
});

test("calls that fail give no figures", async () => {
  await expect(measureEdgeRuntimes("http://127.0.0.1:1", plan, [node])).rejects.toThrow(
    "bare-fetch in Node: ",
  );
});

test("a rival that does not run is told, and the others are measured", async () => {
  const server = await startServer();
  onTestFinished(() => server.stop());
  const picky = {
    ...node,
    createCommand: (file: string, program: { readonly file: string }) =>
      program.file.includes("aws4fetch")
        ? { file, arguments: ["--eval", "throw new Error('out of paper')"] }
        : { file, arguments: [program.file] },
  };
  const [measurement] = await measureEdgeRuntimes(server.url, plan, [picky]);
  expect(measurement?.failures.get("aws4fetch")).toMatch("out of paper");
  expect(measurement?.rounds.get(edgeOurs)).toHaveLength(1);
});

test("a runtime that is not here is left out", async () => {
  const missing = { ...node, find: () => ({ missing: "no package for it" }) };
  expect(await measureEdgeRuntimes("http://127.0.0.1:1", plan, [missing])).toEqual([]);
});
