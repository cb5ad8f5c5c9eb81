import { describe, expect, test } from "vitest";
import type { Expression } from "./jmespath.ts";
import { readExpression, UnsupportedExpression } from "./jmespath.ts";

const address = ["model.json", "com.example#Get", "/path"];
const current: Expression = { kind: "current" };

function member(name: string): Expression {
  return { kind: "member", name };
}

/** `a.b.c` */
function path(...names: readonly string[]): Expression {
  return names.map(member).reduce((of, next) => ({ kind: "then", of, next }));
}

function literal(value: unknown): Expression {
  return { kind: "literal", value };
}

function equals(left: Expression, right: Expression): Expression {
  return { kind: "comparison", operator: "==", left, right };
}

function projection(list: Expression, each: Expression = current): Expression {
  return { kind: "projection", list, each };
}

function flat(list: Expression): Expression {
  return { kind: "flattening", list };
}

describe("an expression is taken apart", () => {
  test.each<[string, Expression]>([
    ["a", member("a")],
    ["a.b.c", path("a", "b", "c")],
    [' a . "b-c" ', path("a", "b-c")],
    ["a[0]", { kind: "then", of: member("a"), next: { kind: "index", index: 0 } }],
    ["[-1]", { kind: "index", index: -1 }],
    ["a[*].b.c", projection(member("a"), path("b", "c"))],
    ["a[].b", projection(flat(member("a")), member("b"))],
    ["[].b", projection(flat(current), member("b"))],
    ["a[*].b[].c", projection(flat(projection(member("a"), member("b"))), member("c"))],
    [
      "a[*].b[0]",
      projection(member("a"), {
        kind: "then",
        of: member("b"),
        next: { kind: "index", index: 0 },
      }),
    ],
    ["a[*].b | c", { kind: "then", of: projection(member("a"), member("b")), next: member("c") }],
    [
      "a[?b == 'x'].c",
      projection(
        { kind: "filter", list: member("a"), condition: equals(member("b"), literal("x")) },
        member("c"),
      ),
    ],
    [
      "a[].[b, c][]",
      projection(
        flat(
          projection(flat(member("a")), { kind: "selection", items: [member("b"), member("c")] }),
        ),
      ),
    ],
    ["length(a.b)", { kind: "call", name: "length", arguments: [path("a", "b")] }],
    ["now()", { kind: "call", name: "now", arguments: [] }],
    [
      "contains(a, 'x')",
      { kind: "call", name: "contains", arguments: [member("a"), literal("x")] },
    ],
    ['`1` == `"a\\`b"`', equals(literal(1), literal("a`b"))],
    ["'it\\'s'", literal("it's")],
    ["@", current],
    [
      "a || b && !c == d",
      {
        kind: "or",
        left: member("a"),
        right: {
          kind: "and",
          left: member("b"),
          right: equals({ kind: "not", of: member("c") }, member("d")),
        },
      },
    ],
    [
      "(a || b) && c",
      {
        kind: "and",
        left: { kind: "or", left: member("a"), right: member("b") },
        right: member("c"),
      },
    ],
    ["!a.b", { kind: "then", of: { kind: "not", of: member("a") }, next: member("b") }],
  ])("%s", (text, expected) => {
    expect(readExpression(text, address)).toEqual(expected);
  });
});

describe("what is not JMESPath is refused", () => {
  test.each([
    ["", "its end"],
    ["a.", "its end"],
    ["a..b", '"."'],
    ["a b", '"b"'],
    ["a[b]", '"b"'],
    ["a[0", "its end"],
    ["a ==", "its end"],
    ["length(a", "its end"],
    ["(a", "its end"],
    ["a = b", '"="'],
    ["'a", '"\'"'],
    ["1a", '"1"'],
    ["a.'b'", "\"'b'\""],
  ])("%s", (text, found) => {
    expect(() => readExpression(text, address)).toThrow(
      `model.json: com.example#Get: /path: the expression "${text}" is not JMESPath: ${found} is not expected there`,
    );
  });

  test("`a`", () => {
    expect(() => readExpression("a == `b`", address)).toThrow(
      'the expression "a == `b`" has b, which is not JSON',
    );
  });
});

describe("what cannot be generated is told apart from that", () => {
  test.each([
    ["a.*", "the values of an object"],
    ["*.a", "the values of an object"],
    ["a.{b: c}", "an object made of several values"],
    ["sort_by(a, &b)", "an expression as an argument"],
    ["a[1:]", "a slice"],
    ["a[:2]", "a slice"],
    ["[::-1]", "a slice"],
  ])("%s", (text, construct) => {
    expect(() => readExpression(text, address)).toThrow(new UnsupportedExpression(construct));
  });
});
