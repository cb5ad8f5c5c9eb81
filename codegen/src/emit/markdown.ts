export interface WrapOptions {
  /** How many characters a line may have. */
  readonly width: number;
  /** Rewrites prose: everything but code and the targets of links. */
  readonly escapeText: (text: string) => string;
  /** Rewrites code in a line, with its backticks. */
  readonly escapeCode: (span: string) => string;
  /** Rewrites a line of fenced or indented code. */
  readonly escapeFence: (line: string) => string;
}

/**
 * Breaks the lines of a Markdown text anew. Lists and quotations keep their hanging indentation,
 * fenced code, tables and headings their lines. A line ends inside code or inside a link only where
 * that alone is longer than a line.
 */
export function wrapMarkdown(markdown: string, options: WrapOptions): readonly string[] {
  const lines = markdown.split("\n").map((line) => line.replaceAll("\t", "    "));
  return wrapBlocks(lines, options);
}

/**
 * The first sentence of a Markdown text, on one line: what a table says of an operation. Headings
 * and quotations (AWS's notes) are passed over where prose follows them, code and tables always.
 * Text without an end of a sentence comes back as the whole first paragraph. A `|` is not escaped.
 */
export function firstSentence(markdown: string): string {
  const blocks = markdown
    .split(/\n[ \t]*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== "" && !/^(?:`{3}|~{3}|\|)/.test(block));
  const block = blocks.find((candidate) => !headline.test(candidate)) ?? blocks[0] ?? "";
  const unquoted = block.replaceAll(/^> ?/gm, "");
  const [paragraph = ""] = unquoted.replace(blockMarkers, "").split(nextItem);
  const text = paragraph.replaceAll(/\s+/g, " ").trim();
  return text.slice(0, endOfSentence(text));
}

/** A heading, a paragraph all in bold, a quotation. */
const headline = /^(?:#{1,6}\s|\*\*[^*]+\*\*$|>)/;
const blockMarkers = /^(?:(?:[-*+]|#{1,6}|\d{1,9}[.)])\s+)+/;
const nextItem = /\n\s*(?:[-*+]|\d{1,9}[.)])\s/;
const abbreviation =
  /(?:^|[\s(["'*_])(?:(?:\p{L}\.)+\p{L}|approx|cf|corp|dr|esp|etc|fig|inc|incl|ltd|max|min|mr|mrs|ms|no|vs)$/iu;
/** Abbreviations that a sentence may well end with. */
const endingAbbreviation = /(?:corp|etc|inc|ltd)$/i;

function endOfSentence(text: string): number {
  // Code and links keep their length, so that positions stay the same.
  const masked = splitAtoms(text)
    .map(({ kind, text: piece }) => (kind === "text" ? piece : "x".repeat(piece.length)))
    .join("");
  for (const match of masked.matchAll(/[.!?]+["'”’)\]*_]*(?=\s|$)/g)) {
    const before = masked.slice(0, match.index);
    const after = masked.slice(match.index + match[0].length).trimStart();
    const isMidway = /^[\p{Ll}(]/u.test(after) && !/[!?]/.test(match[0]);
    const isShort = abbreviation.test(before) && !endingAbbreviation.test(before);
    if (after === "" || (!isMidway && !isShort)) return match.index + match[0].length;
  }
  return text.length;
}

const fence = /^\s*(`{3,}|~{3,})/;
const listMarker = /^(\s*)([-*+]|\d{1,9}[.)])( {1,4}|$)/;
const heading = /^#{1,6}(?:\s|$)/;
const rule = /^(?:={3,}\s*|(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/;
const reference = /^\[[^\]]+\]:\s/;
const tableDelimiter = /^\|[\s:|-]+$/;
/** A word that would begin a block, or a tag, if a line began with it. */
const blockStart = /^(?:[-+*=]+|#{1,6}|\d{1,9}[.)]|(?:`{3}|~{3}|[>|@]).*)$/;

function wrapBlocks(lines: readonly string[], options: WrapOptions): string[] {
  const out: string[] = [];
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    out.push(...wrapParagraph(paragraph, options));
    paragraph = [];
  };

  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    let end = at + 1;
    const isNew = paragraph.length === 0;
    const opening = fence.exec(line)?.[1];
    if (line.trim() === "") {
      endParagraph();
      if (out.length > 0 && out.at(-1) !== "") out.push("");
    } else if (opening !== undefined) {
      endParagraph();
      end = endOfFence(lines, at, opening);
      out.push(...lines.slice(at, end).map((inner) => options.escapeFence(inner.trimEnd())));
    } else if (isNew && line.startsWith("    ")) {
      out.push(options.escapeFence(line.trimEnd()));
    } else if (line.startsWith(">")) {
      endParagraph();
      end = endOf(lines, at, (next) => next.startsWith(">"));
      out.push(...wrapQuotation(lines.slice(at, end), options));
    } else if (heading.test(line) || rule.test(line) || (isNew && reference.test(line))) {
      endParagraph();
      out.push(escapeInline(line.trimEnd(), options));
    } else if (startsItem(line, isNew)) {
      endParagraph();
      const [marker = ""] = listMarker.exec(line) ?? [];
      end = endOfItem(lines, at, marker.length);
      out.push(...wrapItem(lines.slice(at, end), marker, options));
    } else if (isNew && line.startsWith("|") && tableDelimiter.test(lines[at + 1] ?? "")) {
      end = endOf(lines, at, (next) => next.startsWith("|"));
      out.push(...lines.slice(at, end).map((row) => escapeInline(row.trimEnd(), options)));
    } else {
      paragraph.push(line);
    }
    at = end;
  }
  endParagraph();
  while (out.at(-1) === "") out.pop();
  return out;
}

/** In the middle of a paragraph, Markdown takes a number for an item only where it is 1. */
function startsItem(line: string, isNew: boolean): boolean {
  const [, , marker = "", gap = ""] = listMarker.exec(line) ?? [];
  if (marker === "") return false;
  return isNew || (gap !== "" && (/^\D/.test(marker) || /^1\D/.test(marker)));
}

/** An item goes on with lines under its text, and with the rest of a paragraph wherever it stands. */
function endOfItem(lines: readonly string[], start: number, indentation: number): number {
  const end = lines.findIndex((line, index) => {
    if (index <= start || line.trim() === "") return false;
    const isUnder = line.search(/\S/) >= indentation;
    const isLazy =
      lines[index - 1]?.trim() !== "" &&
      !listMarker.test(line) &&
      !fence.test(line) &&
      !line.startsWith(">");
    return !isUnder && !isLazy;
  });
  return end < 0 ? lines.length : end;
}

function endOf(lines: readonly string[], start: number, goesOn: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index > start && !goesOn(line));
  return end < 0 ? lines.length : end;
}

function endOfFence(lines: readonly string[], start: number, opening: string): number {
  const end = lines.findIndex((line, index) => {
    const text = line.trim();
    return index > start && text.startsWith(opening) && /^[`~]+$/.test(text);
  });
  return end < 0 ? lines.length : end + 1;
}

function wrapQuotation(lines: readonly string[], options: WrapOptions): string[] {
  const inner = lines.map((line) => line.replace(/^> ?/, ""));
  const wrapped = wrapBlocks(inner, { ...options, width: options.width - 2 });
  return wrapped.map((line) => (line === "" ? ">" : `> ${line}`));
}

function wrapItem(lines: readonly string[], marker: string, options: WrapOptions): string[] {
  const outer = " ".repeat(marker.search(/\S/));
  const bullet = `${outer}${marker.trim()} `;
  const indentation = " ".repeat(bullet.length);
  const inner = lines.map((line, index) => {
    const depth = index === 0 ? marker.length : Math.min(marker.length, line.search(/\S|$/));
    return line.slice(depth);
  });
  const wrapped = wrapBlocks(inner, { ...options, width: options.width - bullet.length });
  const [first = "", ...rest] = wrapped;
  const trailing = lines.at(-1)?.trim() === "" ? [""] : [];
  return [
    (bullet + first).trimEnd(),
    ...rest.map((line) => (line === "" ? "" : indentation + line)),
    ...trailing,
  ];
}

function wrapParagraph(lines: readonly string[], options: WrapOptions): string[] {
  const out: string[] = [];
  let segment: string[] = [];
  lines.forEach((line, index) => {
    const isHardBreak = index < lines.length - 1 && / {2,}$|\\$/.test(line);
    segment.push(isHardBreak ? line.trim().replace(/\\$/, "") : line.trim());
    if (!isHardBreak && index < lines.length - 1) return;
    const filled = fill(splitWords(escapeInline(segment.join(" "), options)), options.width);
    if (isHardBreak && filled.length > 0) filled[filled.length - 1] += "\\";
    out.push(...filled);
    segment = [];
  });
  return out;
}

function fill(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = "";
  const put = (word: string): void => {
    const isWithLine = line !== "" && (blockStart.test(word) || line.length + word.length < width);
    if (isWithLine) line += ` ${word}`;
    else {
      if (line !== "") lines.push(line);
      line = word;
    }
  };
  for (const word of words) {
    if (word.length > width) word.split(/\s+/).forEach(put);
    else put(word);
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** Rewrites the prose and the code of a text, each apart from the other. */
function escapeInline(text: string, options: WrapOptions): string {
  return splitAtoms(text)
    .map((piece) => {
      if (piece.kind === "code") return options.escapeCode(piece.text.replaceAll(/\s+/g, " "));
      const [, label, target] = /^\[([\s\S]*)\]\(([^()\s]*)\)$/.exec(piece.text) ?? [];
      if (piece.kind !== "link" || label === undefined) return options.escapeText(piece.text);
      return `[${escapeInline(label, options)}](${target})`;
    })
    .join("");
}

/** What a line break should not divide, and the prose between. */
interface Piece {
  readonly kind: "code" | "link" | "tag" | "text";
  readonly text: string;
}

const atom =
  /(?<code>(`+)(?!`)[\s\S]*?(?<!`)\2(?!`))|(?<link>\[(?:[^[\]`\\]|\\.|`[^`]*`|\[[^[\]]*\])*\]\([^()\s]*\))|(?<tag>\{@link[^{}]*\})/g;

function splitAtoms(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: match, index, groups = {} } of text.matchAll(atom)) {
    if (index > end) pieces.push({ kind: "text", text: text.slice(end, index) });
    const { code, link } = groups;
    const kind = code !== undefined ? "code" : link !== undefined ? "link" : "tag";
    pieces.push({ kind, text: match });
    end = index + match.length;
  }
  if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
  return pieces;
}

/** What stands between two places where a line may break. */
function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let isOpen = false;
  for (const piece of splitAtoms(text)) {
    const parts = piece.kind === "text" ? piece.text.split(/\s+/) : [piece.text];
    parts.forEach((part, index) => {
      if (index > 0) isOpen = false;
      if (part === "") return;
      if (isOpen) words[words.length - 1] += part;
      else words.push(part);
      isOpen = true;
    });
  }
  return words;
}
