import { describe, expect, test, vi } from "vitest";
import { type CodeValue, join, printCode, symbolsOf } from "../emit/code.ts";
import { emitPackages } from "../generate.ts";
import type { Service } from "../ir/service.ts";
import type { Part } from "../reader/example.test-model.ts";
import { lowerService } from "../reader/lower.ts";
import { ModelError } from "../reader/model-error.ts";
import { readSmithyAst } from "../reader/smithy-ast.ts";
import { compareServices } from "./compare-services.ts";
import { everyKind } from "./every-kind.test-model.ts";
import { mutate } from "./mutations.test-model.ts";
import { rules } from "./rules.ts";

// What differs before imports are written and lines are laid out differs after that, too, which
// takes nearly all of the time.
vi.mock("../emit/source-file.ts", () => ({
  emitReexportFile: (path: string, header: string, reexports: readonly unknown[]) => ({
    path,
    text: `${header}\n${JSON.stringify(reexports)}`,
  }),
  emitSourceFile: (path: string, header: string, declarations: readonly CodeValue[]) => {
    const body = join(declarations, "\n\n");
    return { path, text: `${header}\n${JSON.stringify(symbolsOf(body))}\n${printCode(body)}` };
  },
}));
vi.mock("../emit/format.ts", () => ({
  formatExample: (text: string) => text,
  formatTypeScript: (_path: string, text: string) => text,
}));

function read(model: Part): Service {
  return lowerService(readSmithyAst(model, "model.json"));
}

/** The text of all files but for the line that says from what they were made. */
function print(service: Service): string {
  return emitPackages(service)
    .flatMap(({ directory, files }) =>
      files.map(({ path, text }) => `${directory}/${path}${text.slice(text.indexOf("\n"))}`),
    )
    .join("\n");
}

const original = read(everyKind);
const printed = print(original);

interface Mutant {
  readonly name: string;
  readonly differs: boolean;
  /** The rules that find something, from the original to the mutant and back. */
  readonly there: readonly string[];
  readonly back: readonly string[];
}

function rulesBetween(old: Service, next: Service): readonly string[] {
  return compareServices(old, next).changes.map(({ rule }) => rule);
}

const mutants = [...mutate(everyKind)].flatMap(({ name, model }): readonly Mutant[] => {
  try {
    const service = read(model);
    const differs = print(service) !== printed;
    const there = rulesBetween(original, service);
    return [{ name, differs, there, back: rulesBetween(service, original) }];
  } catch (error) {
    // Some changes make a model that no reader takes.
    if (error instanceof ModelError) return [];
    throw error;
  }
});

describe("one change to a model", () => {
  test("is told wherever it changes generated code", () => {
    const silent = mutants.filter(
      ({ differs, there, back }) => differs && (there.length === 0 || back.length === 0),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test("is not told where generated code stays as it is", () => {
    const told = mutants.filter(
      ({ differs, there, back }) => !differs && [...there, ...back].length,
    );
    expect(told).toEqual([]);
  });

  test("is found, in one way or another, by every rule about models", () => {
    const found = new Set(mutants.flatMap(({ there, back }) => [...there, ...back]));
    const others = rules.map(({ name }) => name).filter((name) => !found.has(name));
    // What an overlay says is not a change of a model, and the type of an option cannot change alone:
    // it is that of a parameter of the endpoint rules.
    expect(others).toEqual(["client-option-type", "credential-refusals", "dated-rules"]);
  });

  test("is tried in many ways, of which most change generated code", () => {
    const changing = mutants.filter(({ differs }) => differs);
    expect(changing.length).toBeGreaterThan(300);
    expect(mutants.length - changing.length).toBeGreaterThan(20);
  });
});
