import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { concealMembers } from "./concealed-members.ts";

function createLogin(): { [name: string]: unknown } {
  const login = { Name: "ada", Password: "hush", Answers: ["blue"] };
  concealMembers(login, ["Password", "Answers", "Absent"]);
  return login;
}

describe("an object with concealed members", () => {
  it("is printed without them, wherever it stands", () => {
    const printed =
      "{ Name: 'ada', Password: '(a sensitive value)', Answers: '(a sensitive value)' }";
    expect(inspect(createLogin(), { breakLength: 200 })).toBe(printed);
    expect(inspect({ list: [createLogin()] }, { depth: 5 })).not.toMatch(/hush|blue/);
  });

  it("is printed without any value where it is sensitive as a whole", () => {
    const secret = { Key: "hush", AddedLater: "too" };
    concealMembers(secret);
    expect(inspect(secret)).not.toMatch(/hush|too/);
  });

  it("has them like any other", () => {
    const login = createLogin();
    expect(login).toStrictEqual({ Name: "ada", Password: "hush", Answers: ["blue"] });
    expect({ ...login }.Password).toBe("hush");
    expect(JSON.stringify(login)).toContain("hush");
  });

  it("is printed without them where a runtime gives no function to print with", () => {
    const login = createLogin() as { [name: symbol]: (depth: number, options: object) => unknown };
    const print = login[Symbol.for("nodejs.util.inspect.custom")];
    expect(JSON.stringify(print?.call(login, 2, {}))).not.toContain("hush");
  });
});
