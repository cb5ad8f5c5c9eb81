import { parseChangesetFile } from "@changesets/parse";
import { describe, expect, test } from "vitest";
import { nameService } from "../ir/naming.ts";
import {
  errorStructure,
  exampleService,
  member,
  operation,
  type Parts,
  required,
  simple,
  structure,
} from "../reader/example.test-model.ts";
import type { Changeset } from "./changeset.ts";
import { emitChangeset } from "./changeset.ts";
import { compareServices } from "./compare-services.ts";

function changesetBetween(old: Parts, next: Parts, version = "0.1.0"): Changeset | undefined {
  const service = exampleService(next);
  const comparison = compareServices(exampleService(old), service);
  return emitChangeset({ comparison, service, names: nameService(service), version });
}

const before: Parts = {
  Get: operation({ input: "Asked", output: "Got" }),
  Put: operation({ input: "Asked" }),
  Asked: structure({ Name: "Name", When: "Timestamp" }),
  Got: structure({ Name: "Name", Size: required("Integer"), Text: "String" }),
  Name: simple("string", { length: { max: 5 } }),
};

const after: Parts = {
  Get: operation({ input: "Asked", output: "Got", errors: ["Busy"] }),
  Put: operation({ input: "Asked", errors: ["Busy"] }),
  List: operation(),
  Asked: structure({
    Name: "Name",
    When: member("Timestamp", { timestampFormat: "date-time" }),
    Kind: "String",
  }),
  Got: structure({
    Name: member("Name", { documentation: "The name." }),
    Size: "Integer",
    Text: member("String", { documentation: "The text." }),
  }),
  Busy: errorStructure(),
  Name: simple("string", { length: { max: 9 } }),
};

describe("the changeset of a new model", () => {
  test("names the four packages, and tells what changed in groups and sentences", () => {
    expect(changesetBetween(before, after)?.text).toBe(
      [
        "---",
        '"@pawprint/example": minor',
        '"@pawprint/example-node": minor',
        '"@pawprint/example-edge": minor',
        '"@pawprint/example-mocks": minor',
        "---",
        "",
        "Follow the new model of Example.",
        "",
        "**Breaking**",
        "",
        "- `Got.Size` is no longer required, and may be `undefined` in results.",
        "",
        "**Added**",
        "",
        "- `List` is a new operation.",
        "- `Get` and `Put` may answer with the error `Busy`.",
        "- `Asked.Kind` is new.",
        "",
        "**Changed**",
        "",
        "- `Asked.Name` and `Got.Name` allow more: at most 9 characters, formerly at most 5 characters.",
        "",
        "**Fixed**",
        "",
        "- `Asked.When` is sent as `date-time`, formerly as `epoch-seconds`.",
        "",
        "**Documentation**",
        "",
        "- `Got.Name` and `Got.Text` have new documentation.",
        "",
      ].join("\n"),
    );
  });

  test("is one that changesets reads", () => {
    const { releases, summary } = parseChangesetFile(changesetBetween(before, after)?.text ?? "");
    expect(releases).toEqual(
      ["", "-node", "-edge", "-mocks"].map((kind) => ({
        name: `@pawprint/example${kind}`,
        type: "minor",
      })),
    );
    expect(summary).toMatch(/^Follow the new model of Example\.\n\n\*\*Breaking\*\*/);
  });

  test("has a name that its text decides", () => {
    const [one, same, other] = [after, after, { ...after, Other: operation() }].map(
      (next) => changesetBetween(before, next)?.name,
    );
    expect(one).toMatch(/^example-[0-9a-f]{8}\.md$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  test("counts names that nobody would read to their end", () => {
    const many = (documentation: string): Parts => {
      const members = "ABCDEFGHIJ"
        .split("")
        .map((name) => [name, member("String", { documentation })]);
      return { Output: structure(Object.fromEntries(members)) };
    };
    expect(changesetBetween(many("Old."), many("New."))?.text).toContain(
      "- `Output.A`, `Output.B`, `Output.C`, `Output.D`, `Output.E`, `Output.F`, `Output.G` and 3 others have new documentation.\n",
    );
  });

  test("is none where nothing changed", () => {
    expect(changesetBetween(before, before)).toBeUndefined();
  });
});

describe("the version that a major change asks for", () => {
  const without = { Output: structure({}) };
  const removal: readonly [Parts, Parts] = [{ Output: structure({ A: "String" }) }, without];

  test.each([
    ["before 1.0 is a minor one, because 1.0 is a decision of people", "0.9.1", "minor"],
    ["from 1.0 on is a major one", "1.0.0", "major"],
  ])("%s", (_what, version, bump) => {
    expect(changesetBetween(...removal, version)?.text).toContain(`"@pawprint/example": ${bump}\n`);
  });

  test("leaves the weaker ones as they are", () => {
    const added = changesetBetween(without, removal[0]);
    const documented = changesetBetween(without, {
      Output: structure({}, { documentation: "Nothing." }),
    });
    expect(added?.text).toContain('"@pawprint/example": minor\n');
    expect(documented?.text).toContain('"@pawprint/example": patch\n');
  });
});
