import { Parser } from "htmlparser2";

/**
 * What the elements of AWS's documentation do in Markdown: HTML's own, and those that AWS adds to
 * it. Any other element is looked through.
 */
type Role =
  | "block"
  | "bold"
  | "cell"
  | "code"
  | "definition"
  | "heading"
  | "italic"
  | "item"
  | "link"
  | "list"
  | "notice"
  | "preformatted"
  | "row"
  | "superscript"
  | "table"
  | "term"
  | "terms";

const roles: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...["p", "div", "section", "blockquote", "center", "caption", "br", "hr"].map(
    (name): [string, Role] => [name, "block"],
  ),
  ...["fullname", "h1", "h2", "h3", "h4", "h5", "h6"].map((name): [string, Role] => [
    name,
    "heading",
  ]),
  ...["note", "important", "warning", "caution", "tip"].map((name): [string, Role] => [
    name,
    "notice",
  ]),
  ["ul", "list"],
  ["ol", "list"],
  ["li", "item"],
  ["dl", "terms"],
  ["dt", "term"],
  ["dd", "definition"],
  ["table", "table"],
  ["tr", "row"],
  ["th", "cell"],
  ["td", "cell"],
  ["pre", "preformatted"],
  ["code", "code"],
  ["tt", "code"],
  ["kbd", "code"],
  ["samp", "code"],
  ["b", "bold"],
  ["strong", "bold"],
  ["i", "italic"],
  ["em", "italic"],
  ["var", "italic"],
  ["a", "link"],
  ["sup", "superscript"],
]);

const inlineRoles: ReadonlySet<Role> = new Set<Role>([
  "bold",
  "code",
  "italic",
  "link",
  "superscript",
]);

/** Markdown code, fenced or in a line, which keeps everything that looks like a tag. */
const codeSpan = /(?<ticks>`+)(?!`)[\s\S]*?(?<!`)\k<ticks>(?!`)|^~~~[\s\S]*?^~~~/;
const tag = /<(?<slash>\/?)(?<name>[A-Za-z][^\s<>/]*)(?:[^<>"']|"[^"]*"|'[^']*')*>/;
const codeOrTag = new RegExp(`${codeSpan.source}|${tag.source}`, "gm");

/** How much HTML is in a text: whole blocks, marks inside lines alone, or none. */
export function selectMarkup(text: string): "blocks" | "inline" | "none" {
  if (!text.includes("<")) return "none";
  const closed = closedElements(text);
  const found = Array.from(text.matchAll(codeOrTag), ({ groups = {} }) => {
    const { slash, name } = groups;
    if (name === undefined || !isMarkup(name, slash !== "", closed)) return undefined;
    return roles.get(name.toLowerCase());
  }).filter((role) => role !== undefined);
  if (found.some((role) => !inlineRoles.has(role))) return "blocks";
  return found.length > 0 ? "inline" : "none";
}

/** Turns an HTML fragment into Markdown: white space collapses, what has no Markdown becomes text. */
export function readHtml(html: string): string {
  const writer = new MarkdownWriter();
  const parser = new Parser({
    onopentag: (name, attributes) => writer.open(name, attributes.href),
    onclosetag: (name) => writer.close(name),
    ontext: (text) => writer.text(text),
  });
  parser.end(withEscapedAngles(html));
  return writer.finish();
}

/** Turns the HTML inside the lines of a Markdown text into Markdown, and touches nothing else. */
export function readInlineHtml(markdown: string): string {
  if (!markdown.includes("<")) return markdown;
  const closed = closedElements(markdown);
  let out = "";
  let end = 0;
  let target = "";
  for (const { 0: text, index, groups = {} } of markdown.matchAll(codeOrTag)) {
    const { slash, name } = groups;
    out += markdown.slice(end, index);
    end = index + text.length;
    // An address in angle brackets is Markdown's own.
    if (name === undefined || /^<[^\s<>]+[:@][^\s<>]+>$/.test(text)) out += text;
    else if (!isMarkup(name, slash !== "", closed)) out += `\\${text}`;
    else if (roles.get(name.toLowerCase()) !== "link") out += inlineMarker(name);
    else if (slash === "") {
      target = readTarget(/href\s*=\s*["']?([^"'\s>]+)/i.exec(text)?.[1]);
      out += target === "" ? "" : "[";
    } else {
      out += target === "" ? "" : `](${target})`;
      target = "";
    }
  }
  return out + markdown.slice(end);
}

function inlineMarker(name: string): string {
  switch (roles.get(name.toLowerCase())) {
    case "bold":
      return "**";
    case "italic":
      return "*";
    case "code":
      return "`";
    default:
      return "";
  }
}

function closedElements(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(/<\/([A-Za-z][^\s<>/]*)\s*>/g)) {
    names.add(name.toLowerCase());
  }
  return names;
}

/**
 * AWS's texts hold placeholders such as `<region>`, unescaped, beside their tags. A name that is
 * never closed is one of them, unless HTML lets the element stand open.
 */
function isMarkup(name: string, isClosing: boolean, closed: ReadonlySet<string>): boolean {
  if (isClosing || closed.has(name.toLowerCase())) return true;
  const role = roles.get(name.toLowerCase());
  return role !== undefined && !inlineRoles.has(role);
}

/** An author's Markdown code inside HTML, short and free of closing tags lest it swallow a paragraph. */
const codeInHtml = /`[^`\n]{1,120}`/g;
const angle = new RegExp(`<!--[\\s\\S]*?-->|${tag.source}|<`, "g");

/** Leaves a parser only the angle brackets that are tags. */
function withEscapedAngles(html: string): string {
  const closed = closedElements(html);
  const withCode = html.replaceAll(codeInHtml, (span) =>
    span.includes("</") ? span : span.replaceAll("<", "&lt;"),
  );
  let out = "";
  let end = 0;
  for (const { 0: text, index, groups = {} } of withCode.matchAll(angle)) {
    const { slash, name } = groups;
    const isTag = name !== undefined && isMarkup(name, slash !== "", closed);
    const isComment = text.startsWith("<!--");
    out += withCode.slice(end, index) + (isTag ? text : isComment ? "" : `&lt;${text.slice(1)}`);
    end = index + text.length;
  }
  return out + withCode.slice(end);
}

/** What surrounds a piece of text inside a line. */
interface Mark {
  readonly element: string;
  readonly open: string;
  readonly close: string;
}

interface Run {
  readonly text: string;
  readonly code: boolean;
  readonly marks: readonly Mark[];
}

/** A block that is open, and the Markdown of the blocks in it that are finished. */
interface Frame {
  readonly element: string;
  readonly role: Role | "document";
  readonly blocks: string[];
  /** The text of a preformatted block. */
  verbatim: string;
}

/** Takes the parser's events, which nest properly whatever the text does. */
class MarkdownWriter {
  private readonly frames: Frame[] = [];
  private readonly root: Frame = openFrame("", "document");
  private runs: Run[] = [];
  private marks: readonly Mark[] = [];
  private codeDepth = 0;

  open(element: string, href: string | undefined): void {
    const role = roles.get(element);
    switch (role) {
      case undefined:
        break;
      case "bold":
        this.marks = [...this.marks, { element, open: "**", close: "**" }];
        break;
      case "italic":
        this.marks = [...this.marks, { element, open: "*", close: "*" }];
        break;
      case "link":
        this.marks = [...this.marks, { element, open: "[", close: `](${readTarget(href)})` }];
        break;
      case "code":
        this.codeDepth += 1;
        break;
      case "superscript":
        this.text("^");
        break;
      case "block":
        this.endParagraph();
        break;
      default:
        this.endParagraph();
        this.frames.push(openFrame(element, role));
    }
  }

  close(element: string): void {
    const role = roles.get(element);
    if (role === undefined || role === "superscript") return;
    if (role === "code") {
      this.codeDepth -= 1;
    } else if (inlineRoles.has(role)) {
      const last = this.marks.findLastIndex((mark) => mark.element === element);
      this.marks = this.marks.slice(0, last);
    } else {
      this.endParagraph();
      if (role !== "block") this.closeFrame();
    }
  }

  text(text: string): void {
    if (this.top.role === "preformatted") {
      this.top.verbatim += text;
      return;
    }
    const code = this.codeDepth > 0;
    const last = this.runs.at(-1);
    if (last !== undefined && last.code === code && last.marks === this.marks) {
      this.runs[this.runs.length - 1] = { ...last, text: last.text + text };
    } else {
      this.runs.push({ text, code, marks: this.marks });
    }
  }

  finish(): string {
    this.endParagraph();
    return joinBlocks(this.root.blocks);
  }

  private get top(): Frame {
    return this.frames.at(-1) ?? this.root;
  }

  private endParagraph(): void {
    const paragraph = renderRuns(this.runs);
    this.runs = [];
    if (paragraph !== "") this.top.blocks.push(escapeBlockStart(paragraph));
  }

  private closeFrame(): void {
    const frame = this.frames.pop();
    if (frame === undefined) return;
    const parent = this.top;
    const last = parent.blocks.length - 1;
    if (frame.role === "definition" && isBareTerm(parent.blocks[last])) {
      const definition = joinBlocks(frame.blocks);
      const glue = isPlain(frame.blocks[0]) ? ": " : "\n\n";
      if (definition !== "") parent.blocks[last] += glue + definition;
      return;
    }
    if (frame.role === "list" && parent.role === "list") {
      parent.blocks.push(...frame.blocks);
      return;
    }
    const block = renderFrame(frame, parent);
    if (block !== "" || frame.role === "cell") {
      parent.blocks.push(block);
    }
  }
}

function openFrame(element: string, role: Frame["role"]): Frame {
  return { element, role, blocks: [], verbatim: "" };
}

function renderFrame(frame: Frame, parent: Frame): string {
  switch (frame.role) {
    case "list":
      return renderList(frame.blocks, frame.element === "ol");
    case "terms":
      return renderList(frame.blocks, false);
    case "item":
      return parent.role === "list"
        ? joinItem(frame.blocks)
        : renderList([joinItem(frame.blocks)], false);
    case "term":
    case "heading":
      return renderBold(frame.blocks.join(" "));
    case "notice":
      return renderNotice(frame);
    case "cell":
      return frame.blocks.join(" ").replaceAll("\n", " ").replaceAll("|", "\\|");
    case "row":
      return frame.blocks.length > 0 ? `| ${frame.blocks.join(" | ")} |` : "";
    case "table":
      return renderTable(frame.blocks);
    case "preformatted":
      return renderFence(frame.verbatim);
    default:
      return joinBlocks(frame.blocks);
  }
}

function renderList(items: readonly string[], isOrdered: boolean): string {
  const lines = items
    .filter((item) => item !== "")
    .map((item, index) => {
      const marker = isOrdered ? `${index + 1}. ` : "- ";
      return marker + item.replaceAll(/\n(?=[^\n])/g, `\n${" ".repeat(marker.length)}`);
    });
  return lines.join(lines.some((line) => line.includes("\n\n")) ? "\n\n" : "\n");
}

function renderBold(text: string): string {
  const bare = text.replace(/:$/, "");
  return bare === "" || /[*`]/.test(bare) ? bare : `**${bare}**`;
}

function isBareTerm(block: string | undefined): boolean {
  return block !== undefined && /^(?:\*\*[^*\n]*\*\*|`[^`\n]*`)$/.test(block);
}

function renderNotice(frame: Frame): string {
  const body = joinBlocks(frame.blocks);
  if (body === "") return "";
  const label = `**${frame.element.charAt(0).toUpperCase()}${frame.element.slice(1)}:**`;
  const isLabelled = body.toLowerCase().startsWith(`**${frame.element}`);
  const glue = isPlain(frame.blocks[0]) ? " " : "\n\n";
  return (isLabelled ? body : label + glue + body)
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
}

function renderTable(blocks: readonly string[]): string {
  const rows = blocks.filter((block) => block.startsWith("| "));
  const others = blocks.filter((block) => !block.startsWith("| "));
  const [head] = rows;
  if (head === undefined) return joinBlocks(others);
  const columns = head.split(/(?<!\\)\|/).length - 2;
  const delimiter = `|${" --- |".repeat(columns)}`;
  return joinBlocks([...others, [head, delimiter, ...rows.slice(1)].join("\n")]);
}

function renderFence(text: string): string {
  const lines = text
    .replaceAll("\t", "  ")
    .replace(/^\s*\n|\s+$/g, "")
    .split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  if (!Number.isFinite(depth)) return "";
  const fence = "`".repeat(Math.max(3, longestBackticks(text) + 1));
  return [fence, ...lines.map((line) => line.slice(depth).trimEnd()), fence].join("\n");
}

function joinBlocks(blocks: readonly string[]): string {
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** Inside an item, a list stands close below the line that announces it. */
function joinItem(blocks: readonly string[]): string {
  return blocks.reduce((text, block) => {
    const isClose = /^(?:- |1\. )/.test(block) && !text.includes("\n");
    return text === "" ? block : text + (isClose ? "\n" : "\n\n") + block;
  }, "");
}

function isPlain(block: string | undefined): boolean {
  return block !== undefined && !/^(?:- |\d+\. |> |\| |```)/.test(block);
}

function renderRuns(runs: readonly Run[]): string {
  const line = new LineWriter();
  for (const run of runs) line.add(run);
  return line.finish();
}

/** Writes one paragraph, with its marks where Markdown knows them and single spaces between words. */
class LineWriter {
  private out = "";
  private readonly open: { readonly mark: Mark; readonly start: number }[] = [];
  /** Whether a space is to come before the next text. */
  private isSpaced = false;

  add({ text, code, marks: given }: Run): void {
    const collapsed = text.replaceAll(/\s+/g, " ");
    const core = collapsed.trim();
    this.isSpaced ||= collapsed.startsWith(" ");
    if (core === "") return;
    const marks = distinctMarks(given);
    const different = this.open.findIndex(({ mark }, index) => mark.close !== marks[index]?.close);
    const kept = different < 0 ? this.open.length : different;
    const body = code ? renderCode(core) : escapeText(core);
    const closed = this.open.slice(kept).map(({ mark }) => mark);
    const opened = marks.slice(kept);
    // Emphasis ends only where punctuation inside it meets no letter outside, and begins likewise.
    const isCrowded =
      (closed.some(isEmphasis) &&
        /[^\p{L}\p{N}]$/u.test(this.out) &&
        /^[\p{L}\p{N}]/u.test(body)) ||
      (opened.some(isEmphasis) && /[\p{L}\p{N}]$/u.test(this.out) && /^[^\p{L}\p{N}]/u.test(body));
    // White space after a mark often strays before the full stop.
    const isSpaced = (this.isSpaced && !/^[.,;)](?:\s|$)/.test(core)) || isCrowded;
    this.closeTo(kept);
    if (isSpaced && this.out !== "") this.out += " ";
    for (const mark of opened) {
      this.out += mark.open;
      this.open.push({ mark, start: this.out.length });
    }
    this.out += body;
    this.isSpaced = collapsed.endsWith(" ");
  }

  finish(): string {
    this.closeTo(0);
    return this.out;
  }

  private closeTo(count: number): void {
    for (const { mark, start } of this.open.splice(count).reverse()) {
      const text = this.out.slice(start);
      const isBare = mark.close === "]()" || mark.close === `](${text.replaceAll("\\", "")})`;
      this.out = isBare
        ? this.out.slice(0, start - mark.open.length) + text
        : this.out + mark.close;
    }
  }
}

function isEmphasis(mark: Mark): boolean {
  return mark.open.startsWith("*");
}

function distinctMarks(marks: readonly Mark[]): readonly Mark[] {
  return marks.filter(
    (mark, index) => marks.findIndex((other) => other.open === mark.open) === index,
  );
}

function renderCode(text: string): string {
  const fence = "`".repeat(longestBackticks(text) + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return fence + pad + text + pad + fence;
}

function longestBackticks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** Keeps an author's text from being read as Markdown, except code in backticks, which is meant. */
function escapeText(text: string): string {
  if (!/[\\`*_<&\]]/.test(text)) return text;
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replaceAll(/\\(?=[!-/:-@[-`{-~]|$)/g, "\\\\")
            .replaceAll("`", "\\`")
            .replaceAll(/(?<=\S)\*|\*(?=\S)/g, "\\*")
            .replaceAll(/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, "\\_")
            .replaceAll(/<(?=[A-Za-z/!?])/g, "\\<")
            .replaceAll(/&(?=#?\w+;)/g, "\\&")
            .replaceAll("](", "]\\("),
    )
    .join("");
}

/** A paragraph of HTML is no heading and no quotation; its author's own bullets may stay bullets. */
function escapeBlockStart(paragraph: string): string {
  return paragraph.replace(/^(?=#{1,6}(?:\s|$)|>)/, "\\");
}

/** The target of a link, or nothing where a reader of the comment could not follow it. */
function readTarget(href: string | undefined): string {
  const target = href?.replaceAll(/\s+/g, "") ?? "";
  if (!/^(?:https?|mailto):/i.test(target)) return "";
  return target.replaceAll(/[()<>{}]/g, encodeReserved);
}

function encodeReserved(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
