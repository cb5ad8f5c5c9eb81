import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { printCode } from "./code.ts";
import { type DocParts, emitDocComment, firstSentence, readDocumentation } from "./docs.ts";

function print(parts: DocParts): string {
  const comment = emitDocComment(parts);
  return comment === undefined ? "" : printCode(comment);
}

/** The tags that TypeScript finds in a comment. */
function tagsIn(comment: string): readonly string[] {
  const file = ts.createSourceFile("a.ts", `${comment}\nlet a;`, ts.ScriptTarget.Latest, true);
  const [statement] = file.statements;
  return statement === undefined ? [] : ts.getJSDocTags(statement).map((tag) => tag.tagName.text);
}

describe("an HTML fragment becomes Markdown", () => {
  test.each([
    ["paragraphs", "<p>One\n   line.</p>\n <p>Two.</p>", "One line.\n\nTwo."],
    ["a line break", "<p>One<br/>two<br>three</p>", "One\n\ntwo\n\nthree"],
    ["code", "<p>Use <code>A  B</code>.</p>", "Use `A B`."],
    ["code with a backtick", "<p><code>a`b</code> <code>`</code></p>", "``a`b`` `` ` ``"],
    ["emphasis", "<p><b> bold </b>and <i>it<em>al</em>ic</i></p>", "**bold** and *italic*"],
    [
      "a link",
      '<p>See <a href="https://x.y/a(b)"> the\n <b>guide</b> </a>.</p>',
      "See [the **guide**](https://x.y/a%28b%29).",
    ],
    ["a link that leads nowhere", '<p><a>One</a> <a href="#b">two</a></p>', "One two"],
    ["a link that shows itself", '<p><a href="https://x.y">https://x.y</a></p>', "https://x.y"],
    [
      "a link inside code",
      '<p><code>a <a href="https://x.y">B</a></code></p>',
      "`a` [`B`](https://x.y)",
    ],
    ["a list", "<ul><li>a</li> <li><p>b</p></li></ul>", "- a\n- b"],
    [
      "a nested list",
      "<ol><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ol>",
      "1. a\n   - b\n2. c",
    ],
    ["an item of two paragraphs", "<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"],
    ["a note", "<note><p>a</p><p>b</p></note>", "> **Note:** a\n>\n> b"],
    [
      "a list in a note",
      "<important><ul><li>a</li></ul></important>",
      "> **Important:**\n>\n> - a",
    ],
    [
      "definitions",
      "<dl><dt>A</dt><dd><p>a</p></dd><dt><code>B</code></dt><dd>b</dd></dl>",
      "- **A**: a\n- `B`: b",
    ],
    [
      "a table",
      "<table><tr><th>a</th><th>b|c</th></tr><tr><td><p>1</p></td><td></td></tr></table>",
      "| a | b\\|c |\n| --- | --- |\n| 1 |  |",
    ],
    ["preformatted text", "<pre>  a\n    <b>b</b>\n</pre>", "```\na\n  b\n```"],
    ["headings", "<fullname>Name</fullname><h2>Two</h2><p>x</p>", "**Name**\n\n**Two**\n\nx"],
    ["a power", "<p>10<sup>6</sup></p>", "10^6"],
    ["entities", "<p>&lt;h1&gt; &amp; a&nbsp;b &#x41;</p>", "\\<h1> & a b A"],
    ["comments and unknown elements", "<p>a<!-- b --><blink>c</blink></p>", "ac"],
  ])("%s", (_what, html, markdown) => {
    expect(readDocumentation(html)).toBe(markdown);
  });
});

describe("malformed HTML loses no text", () => {
  test.each([
    ["a paragraph left open", "<p>a <p>b", "a\n\nb"],
    ["a paragraph in italics", "<i><p>a</p></i> b", "*a*\n\nb"],
    ["a mark left open", "<p>a <i>b</p><p>c</p>", "a \\<i>b\n\nc"],
    ["an end without a beginning", "</p>a</div>", "a"],
    ["an attribute without its end", '<p><a href="x>b</a></p>', '\\<a href="x>b'],
    ["a list directly in a list", "<ul><ul><li>a</li></ul></ul>", "- a"],
    ["an item outside a list", "<p>a</p><li>b</li>", "a\n\n- b"],
    ["upper case", "<P>a</P><UL><LI>b</LI></UL>", "a\n\n- b"],
    ["a placeholder", "<p>in <region></p>", "in \\<region>"],
    [
      "a placeholder in code",
      "<p><code>arn:<partition>:states</code> x</p>",
      "`arn:<partition>:states` x",
    ],
    ["a comparison", "<p>a < b && c > d, x <5</p>", "a < b && c > d, x <5"],
  ])("%s", (_what, html, markdown) => {
    expect(readDocumentation(html)).toBe(markdown);
  });
});

describe("text that HTML takes literally stays literal in Markdown", () => {
  test.each([
    ["<p>*.a.com and *.b.com</p>", "\\*.a.com and \\*.b.com"],
    ["<p>snake_case and __init__</p>", "snake_case and \\_\\_init\\_\\_"],
    ["<p># no heading</p>", "\\# no heading"],
    ["<p>&gt; no quotation</p>", "\\> no quotation"],
    ["<p>[a](b)</p>", "[a]\\(b)"],
    ["<p>back slashes (\\)</p>", "back slashes (\\\\)"],
    ["<p>&amp;lt;</p>", "\\&lt;"],
    ["<p>an author's own `User <x>`</p>", "an author's own `User <x>`"],
  ])("%s", (html, markdown) => {
    expect(readDocumentation(html)).toBe(markdown);
  });
});

describe("CommonMark stays as it is", () => {
  test.each([
    ["emphasis, lists and code", "A *b* `c`.\n\n1. one\n2. two\n\n```\n<p>x</p>\n```"],
    ["tags in code", "The `<code>` element, where a < b."],
    ["an address", "See <https://x.y/z>, or <a@b.c>."],
    ["entities", "a &lt; b"],
  ])("%s", (_what, text) => {
    expect(readDocumentation(`\n ${text} \n`)).toBe(text);
  });

  test("except that a placeholder would be read as HTML", () => {
    expect(readDocumentation("The <region> of `<region>`.")).toBe("The \\<region> of `<region>`.");
  });

  test("except for marks of HTML inside its lines", () => {
    const text = 'Some <b>bold</b> `x`\n\n- a <a href="https://x.y">link</a>';
    expect(readDocumentation(text)).toBe("Some **bold** `x`\n\n- a [link](https://x.y)");
  });

  test("except for an indentation that all further lines share", () => {
    expect(readDocumentation("One\n    two\n\n      three")).toBe("One\ntwo\n\n  three");
  });
});

describe("a doc comment", () => {
  test("is not there where there is nothing to say", () => {
    expect(emitDocComment({})).toBeUndefined();
    expect(emitDocComment({ documentation: "<p> </p>", notes: [], throws: [] })).toBeUndefined();
  });

  test("takes one line where it fits", () => {
    expect(print({ documentation: "<p>The code.</p>" })).toBe("/** The code. */");
    expect(print({ documentation: "x".repeat(93) })).toBe(`/** ${"x".repeat(93)} */`);
  });

  test("takes three where it does not", () => {
    const text = "x".repeat(94);
    expect(print({ documentation: text })).toBe(`/**\n * ${text}\n */`);
    expect(print({ documentation: "x".repeat(93), indentation: 2 })).toContain("\n");
  });

  test("has the text, the notes, then the tags", () => {
    const comment = print({
      documentation: "<p>The text.</p>",
      notes: ["One note about {@link Foo}."],
      deprecated: { message: "<p>Use <code>B</code>.</p>", since: "2024-01-01" },
      throws: [{ type: "Throttled", text: "Too much." }, { type: "Other" }],
      defaultValue: "true",
      see: "https://x.y/z",
    });
    expect(comment).toBe(
      [
        "/**",
        " * The text.",
        " *",
        " * One note about {@link Foo}.",
        " *",
        " * @defaultValue `true`",
        " * @throws {Throttled} Too much.",
        " * @throws {Other}",
        " * @deprecated Since 2024-01-01: Use `B`.",
        " * @see {@link https://x.y/z}",
        " */",
      ].join("\n"),
    );
    expect(tagsIn(comment)).toEqual(["defaultValue", "throws", "throws", "deprecated", "see"]);
  });

  test("prints several notes as a list", () => {
    const notes = ["One.", "Two."];
    expect(print({ notes })).toBe("/**\n * - One.\n * - Two.\n */");
  });

  test("says that a deprecation has no reason where it has none", () => {
    const deprecated = { message: undefined, since: undefined };
    expect(print({ deprecated })).toBe("/** @deprecated The model gives no reason. */");
  });
});

describe("the lines of a comment", () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(" ");

  test("have 100 columns less the indentation", () => {
    const longest = (indentation: number): number =>
      Math.max(
        ...print({ documentation: words, indentation })
          .split("\n")
          .map((line) => line.length),
      );
    expect(longest(0)).toBeLessThanOrEqual(100);
    expect(longest(0)).toBeGreaterThan(92);
    expect(longest(8)).toBeLessThanOrEqual(92);
  });

  test("of an item and of a quotation hang under its first", () => {
    const comment = print({ documentation: `- ${words}\n  - ${words}\n\n> ${words}` });
    expect(comment).toMatch(/\n \* - word0 [^\n]*\n \* {3}word/);
    expect(comment).toMatch(/\n \* {3}- word0 [^\n]*\n \* {5}word/);
    expect(comment).toMatch(/\n \* > word0 [^\n]*\n \* > word/);
  });

  test("of a tag hang under it", () => {
    expect(print({ throws: [{ type: "A", text: words }] })).toMatch(
      /^\/\*\*\n \* @throws \{A\} word0 [^\n]*\n \* {3}word/,
    );
  });

  test("do not end inside code or a link", () => {
    const filler = "x".repeat(90);
    expect(print({ documentation: `${filler} \`some code here\`` })).toContain("\n * `some code");
    const link = "[a link of some words](https://example.com)";
    expect(print({ documentation: `${filler} ${link}, or not.` })).toContain(`\n * ${link}, or`);
  });

  test("end inside the text of a link that is longer than a line", () => {
    const url = `https://example.com/${"x".repeat(90)}`;
    expect(print({ documentation: `See [a b](${url}).` })).toBe(
      `/**\n * See [a\n * b](${url}).\n */`,
    );
  });

  test("do not begin with what would begin a block", () => {
    const comment = print({ documentation: `${"x".repeat(96)} - y ${"z".repeat(93)} 1. z` });
    expect(comment).toBe(`/**\n * ${"x".repeat(96)} -\n * y ${"z".repeat(93)} 1.\n * z\n */`);
  });

  test("of fenced code, tables and headings stay whole", () => {
    const text = ["```", words, "", "  a", "```", "", `# ${words}`, "", `| ${words} |`, "| - |"];
    expect(print({ documentation: text.join("\n") })).toBe(
      ["/**", ...text.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n"),
    );
  });
});

describe("a comment ends and begins tags only where it means to", () => {
  test.each([
    ["an end of the comment", "a */ b `*/5 * * *`", "a *\\/ b `*\\/5 * * *`"],
    [
      "a tag in the text",
      "an @internal thing, a@b.c and (@)",
      "an \\@internal thing, a@b.c and (@)",
    ],
    ["an inline tag in the text", "a {@link B} {c}", "a \\{\\@link B\\} \\{c\\}"],
    ["a tag in code", "`@a` and `x @b`", "`@a` and `x` `@b`"],
  ])("%s", (_what, documentation, expected) => {
    const comment = print({ documentation });
    expect(comment).toBe(`/** ${expected} */`);
    expect(tagsIn(comment)).toEqual([]);
  });

  test("a decorator in fenced code", () => {
    const comment = print({ documentation: "```ts\n@decorator\nclass A {}\n```" });
    expect(comment).toBe("/**\n * ```ts\n * \\@decorator\n * class A {}\n * ```\n */");
    expect(tagsIn(comment)).toEqual([]);
  });
});

describe("the first sentence", () => {
  test.each([
    ["ends at a full stop", "One sentence. And another.", "One sentence."],
    ["is not ended by an abbreviation", "Names, e.g. A, vs. B. Two.", "Names, e.g. A, vs. B."],
    ["is not ended before a small letter", "The U.S. and etc. all. Two.", "The U.S. and etc. all."],
    ["is not ended inside code", "Use `a. B` or [c. D](e). Two.", "Use `a. B` or [c. D](e)."],
    [
      "is not ended by a number or a name",
      "Version 1.2 of x.js here. Two.",
      "Version 1.2 of x.js here.",
    ],
    ["takes a closing bracket along", "(One.) Two.", "(One.)"],
    ["is the paragraph where nothing ends it", "All of\nthis\n\nnot that", "All of this"],
    ["comes after a heading", "**Name**\n\n# Head\n\nText. More.", "Text."],
    ["comes after a note", "> **Note:** x.\n>\n> y.\n\nText.", "Text."],
    ["is the note's where there is nothing else", "> **Note:** x\n> y. Z", "**Note:** x y."],
    ["is the first item's where a text begins with a list", "- a\n- b", "a"],
    ["is not code and not a table", "```\nx\n```\n\n| a |\n| - |", ""],
  ])("%s", (_what, markdown, sentence) => {
    expect(firstSentence(markdown)).toBe(sentence);
  });
});

const data = process.env.PAWPRINT_REFERENCE_DATA;

describe.skipIf(data === undefined)("AWS's models (PAWPRINT_REFERENCE_DATA)", async () => {
  const texts = await readTexts(data);

  test("leave no HTML outside code", () => {
    const left = texts.filter((text) =>
      /(?<!\\)<\/?[A-Za-z!]/.test(withoutCode(readDocumentation(text))),
    );
    expect(texts.length).toBeGreaterThan(10_000);
    expect(left).toEqual([]);
  });

  test("make comments that end once and have no tags", () => {
    const comments = texts.map((documentation) => print({ documentation }));
    const broken = comments.filter((comment) => comment.indexOf("*/") !== comment.length - 2);
    expect(broken.filter((comment) => comment !== "")).toEqual([]);
    expect(comments.flatMap(tagsIn)).toEqual([]);
  });
});

async function readTexts(folder: string | undefined): Promise<readonly string[]> {
  if (folder === undefined) return [];
  const models = join(folder, "smithy-models");
  const texts: string[] = [];
  for (const file of await readdir(models)) {
    JSON.parse(await readFile(join(models, file), "utf8"), (key, value: unknown) => {
      if (key === "smithy.api#documentation" && typeof value === "string") texts.push(value);
      return value;
    });
  }
  return texts;
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
}
