import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diffModels } from "./diff-models.ts";
import { meteringHistory } from "./metering-history.test-changes.ts";

const data = process.env.PAWPRINT_REFERENCE_DATA;
const history = join(data ?? "", "model-history-metering");
const found = data !== undefined && existsSync(history);

/** The order of what is found has no meaning here. */
function sorted(texts: readonly string[]): readonly string[] {
  return [...texts].sort();
}

describe.skipIf(!found)("Marketplace Metering from 2016 to 2020 (PAWPRINT_REFERENCE_DATA)", () => {
  test.each(meteringHistory)("from $from to $to is $bump", async ({ from, to, bump, changes }) => {
    const comparison = await diffModels({
      old: join(history, `${from}.json`),
      new: join(history, `${to}.json`),
    });
    const told = comparison.changes.map(
      ({ class: strength, rule, address }) =>
        `${strength} ${rule}: ${address.replace("com.amazonaws.marketplacemetering#", "")}`,
    );
    expect({ bump: comparison.bump, changes: sorted(told) }).toEqual({
      bump,
      changes: sorted(changes),
    });
  });
});
