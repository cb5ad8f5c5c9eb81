import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

test("an option that does not exist ends with 2, and says which one", () => {
  const program = join(import.meta.dirname, "size.ts");
  const { status, stderr } = spawnSync(process.execPath, [program, "--upgrade"], {
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^Unknown option '--upgrade'/);
});
