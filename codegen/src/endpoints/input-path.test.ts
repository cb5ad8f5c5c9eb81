import { describe, expect, test } from "vitest";
import { type InputPath, readInputPath } from "./input-path.ts";

const address = ["com.example#Get", "/path"];
const current: InputPath = { kind: "current" };

function member(of: InputPath, ...names: readonly string[]): InputPath {
  return names.reduce<InputPath>((path, name) => ({ kind: "member", of: path, name }), of);
}

describe("a path is taken apart", () => {
  test.each<[string, InputPath]>([
    ["A", member(current, "A")],
    ["A.B.C", member(current, "A", "B", "C")],
    ["keys", member(current, "keys")],
    ["keys(A.B)", { kind: "keys", of: member(current, "A", "B") }],
    ["A[*]", member(current, "A")],
    [
      "A[*].B.C",
      { kind: "projection", list: member(current, "A"), each: member(current, "B", "C") },
    ],
    ["A[]", { kind: "flattening", list: member(current, "A") }],
    [
      "A[*].B[].C",
      {
        kind: "projection",
        list: {
          kind: "flattening",
          list: { kind: "projection", list: member(current, "A"), each: member(current, "B") },
        },
        each: member(current, "C"),
      },
    ],
    [
      "A.[B, C.D]",
      {
        kind: "selection",
        of: member(current, "A"),
        items: [member(current, "B"), member(current, "C", "D")],
      },
    ],
    [
      " [ A , B ] ",
      { kind: "selection", of: current, items: [member(current, "A"), member(current, "B")] },
    ],
  ])("%s", (path, expected) => {
    expect(readInputPath(path, address)).toEqual(expected);
  });
});

describe("what this part of JMESPath does not have is refused", () => {
  test.each([
    ["", "its end"],
    ["A.", "its end"],
    ["A..B", '"."'],
    ["A.*", '"*"'],
    ["A[0]", '"0"'],
    ["A[?B]", '"?"'],
    ["A || B", '"|"'],
    ["length(A)", '"("'],
    ["keys(A", "its end"],
    ["[A, B", "its end"],
    ["A B", '"B"'],
    ["@", '"@"'],
  ])("%s", (path, found) => {
    expect(() => readInputPath(path, address)).toThrow(
      `com.example#Get: /path: the path "${path}" has ${found} where`,
    );
  });
});
