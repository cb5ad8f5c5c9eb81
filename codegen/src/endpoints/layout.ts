import { type Code, type CodeValue, code, join, printCode } from "../emit/code.ts";

/** Code that is laid out on one line where it fits, and otherwise with one item on each line. */
export type Content = Code | Group;

/** Brackets, calls and literals: `open`, items with commas between, `close`. */
export interface Group {
  readonly kind: "group";
  readonly open: CodeValue;
  readonly close: string;
  /** Whether a space stands inside the brackets, as in `{ a }`. */
  readonly padded: boolean;
  readonly items: readonly Item[];
}

export interface Item {
  /** What stands before the content, such as `url: `. */
  readonly label: string;
  readonly content: Content;
}

/** Where a line has room. */
export interface Room {
  /** How deep the line is indented, in steps of two columns. */
  readonly depth: number;
  /** How many columns what stands before and behind on the line takes. */
  readonly taken: number;
}

const width = 100;

export function call(callee: CodeValue, contents: readonly Content[]): Group {
  return {
    kind: "group",
    open: code`${callee}(`,
    close: ")",
    padded: false,
    items: contents.map(plain),
  };
}

export function array(contents: readonly Content[]): Group {
  return { kind: "group", open: "[", close: "]", padded: false, items: contents.map(plain) };
}

export function object(items: readonly Item[]): Group {
  return { kind: "group", open: "{", close: "}", padded: items.length > 0, items };
}

/** Prints content, broken over lines where its line has no room for it. */
export function layOut(content: Content, room: Room): Code {
  if (content.kind === "code") return content;
  const line = onOneLine(content);
  if (content.items.length === 0 || fits(line, room)) return line;
  const lines = content.items.map(({ label, content: item }) => {
    const taken = label.length + ",".length;
    return code`${label}${layOut(item, { depth: room.depth + 1, taken })},`;
  });
  return code`
    ${content.open}
      ${lines}
    ${content.close}
  `;
}

export function fits(line: Code, { depth, taken }: Room): boolean {
  return depth * 2 + taken + printCode(line).length <= width;
}

function onOneLine(content: Content): Code {
  if (content.kind === "code") return content;
  const items = content.items.map(({ label, content: item }) => code`${label}${onOneLine(item)}`);
  const padding = content.padded ? " " : "";
  return code`${content.open}${padding}${join(items, ", ")}${padding}${content.close}`;
}

function plain(content: Content): Item {
  return { label: "", content };
}
