import type { Deprecation } from "../ir/service.ts";
import { type Code, code } from "./code.ts";
import { readHtml, readInlineHtml, selectMarkup } from "./html-documentation.ts";
import { type WrapOptions, wrapMarkdown } from "./markdown.ts";

export { firstSentence } from "./markdown.ts";

/** What there is to say above a declaration; each part may be missing. */
export interface DocParts {
  /** The model's own text, HTML or CommonMark. */
  readonly documentation?: string | undefined;
  /** Markdown of ours below it: one note is a paragraph, several are a list. May use `{@link X}`. */
  readonly notes?: readonly string[] | undefined;
  readonly deprecated?: Deprecation | undefined;
  /** The errors, in the order given; each text is Markdown. */
  readonly throws?: readonly ThrowsPart[] | undefined;
  /** A TypeScript expression. */
  readonly defaultValue?: string | undefined;
  /** Markdown, or a bare URL, which becomes a link. */
  readonly see?: string | undefined;
  /** How many columns the comment will be indented by, which its lines are shorter by; 0 if absent. */
  readonly indentation?: number | undefined;
}

export interface ThrowsPart {
  readonly type: string;
  readonly text?: string | undefined;
}

const columns = 100;

/**
 * Turns a documentation trait into Markdown. AWS writes HTML fragments, Smithy asks for CommonMark:
 * a text with a block element in it is HTML as a whole, any other stays as it is, except for marks
 * such as `<b>` and for placeholders such as `<region>`, which would be read as HTML.
 */
export function readDocumentation(text: string): string {
  const trimmed = text.replaceAll("\r\n", "\n").trim();
  switch (selectMarkup(trimmed)) {
    case "blocks":
      return readHtml(trimmed);
    case "inline":
      return /\n\s*\n|^\s*(?:[-*+]|\d+[.)])\s|`/m.test(trimmed)
        ? readInlineHtml(withoutMargin(trimmed))
        : readHtml(trimmed);
    case "none":
      return readInlineHtml(withoutMargin(trimmed));
  }
}

/** Prints a TSDoc comment, or nothing where there is nothing to say. */
export function emitDocComment(parts: DocParts): Code | undefined {
  const width = columns - (parts.indentation ?? 0);
  const lines = layOut(parts, width - " * ".length);
  const [first, ...rest] = lines;
  if (first === undefined) return undefined;
  const isShort = rest.length === 0 && first.length <= width - "/**  */".length;
  if (isShort) return code`${`/** ${first} */`}`;
  return code`${["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"]}`;
}

function layOut(parts: DocParts, width: number): readonly string[] {
  const theirs: WrapOptions = { width, escapeText: escapeProse, escapeCode, escapeFence };
  const ours: WrapOptions = { ...theirs, escapeText: escapeAroundLinks };
  const sections = [
    wrapMarkdown(readDocumentation(parts.documentation ?? ""), theirs),
    wrapMarkdown(layOutNotes(parts.notes ?? []), ours),
    tagsOf(parts).flatMap((tag) => wrapTag(tag, ours)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function layOutNotes(notes: readonly string[]): string {
  if (notes.length < 2) return notes[0] ?? "";
  return notes.map((note) => `- ${note.replaceAll("\n", "\n  ")}`).join("\n");
}

interface Tag {
  readonly head: string;
  readonly text: string;
}

function tagsOf(parts: DocParts): readonly Tag[] {
  const { defaultValue, deprecated, see, throws = [] } = parts;
  const tags: Tag[] = [];
  if (defaultValue !== undefined) {
    tags.push({ head: "@defaultValue", text: `\`${defaultValue}\`` });
  }
  // TypeScript reads a brace after @throws as a type, and garbles `{@link X}` there:
  // https://github.com/microsoft/TypeScript/issues/54650
  for (const { type, text = "" } of throws) tags.push({ head: `@throws {${type}}`, text });
  if (deprecated !== undefined) {
    tags.push({ head: "@deprecated", text: describeDeprecation(deprecated) });
  }
  if (see !== undefined) {
    // A bare URL would be read as the name `https`.
    const isUrl = /^https?:\S+$/.test(see);
    tags.push({ head: "@see", text: isUrl ? `{@link ${see}}` : see });
  }
  return tags;
}

function describeDeprecation({ message, since }: Deprecation): string {
  const reason = readDocumentation(message ?? "") || "The model gives no reason.";
  return since === undefined ? reason : `Since ${since}: ${reason}`;
}

/** A tag's further lines hang under it. */
function wrapTag({ head, text }: Tag, options: WrapOptions): readonly string[] {
  const held = "x".repeat(head.length);
  const width = options.width - 2;
  const [first = "", ...rest] = wrapMarkdown(`${held} ${text}`, { ...options, width });
  const hanging = rest.map((line) => (line === "" ? "" : `  ${line}`));
  return [head + first.slice(held.length), ...hanging];
}

/*
 * TypeScript takes any `@` between white space and something else for a tag, in code as well:
 * https://github.com/microsoft/TypeScript/issues/48976
 */

function escapeProse(text: string): string {
  if (!/[@{}/]/.test(text)) return text;
  return text
    .replaceAll("*/", "*\\/")
    .replaceAll(/(?<![^\s{(])@(?=[^\s)])/g, "\\@")
    .replaceAll(/(?<!\\)[{}]/g, "\\$&");
}

function escapeAroundLinks(text: string): string {
  return text.startsWith("{@link") ? text : escapeProse(text);
}

/** Backslashes would show in code, so that a span is divided before each `@`. */
function escapeCode(span: string): string {
  const ticks = /^`+/.exec(span)?.[0] ?? "";
  return span.replaceAll("*/", "*\\/").replaceAll(/(?<=[^`\s])\s+(?=@\S)/g, `${ticks} ${ticks}`);
}

function escapeFence(line: string): string {
  return line.replaceAll("*/", "*\\/").replaceAll(/(?<!\S)@(?=\S)/g, "\\@");
}

/** Drops the indentation that all lines but the first share. */
function withoutMargin(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const depths = rest.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = depths.length > 0 ? Math.min(...depths) : 0;
  return [first, ...rest.map((line) => line.slice(depth))].join("\n");
}
