/**
 * Printing code: a template shows what comes out, and the symbols in it bring their own imports.
 *
 *     const Operation = importedType("Operation", "@pawprint/runtime");
 *     code`export const ${name}: ${Operation}<${input}, ${output}>`
 *
 * A value in a template is a string, a number, a symbol, other code, or an array of these (one on
 * each line). Code of several lines keeps the indentation of the place it is put in. A line that
 * holds only values that are `undefined`, `false` or empty arrays is left out.
 */
export type CodeValue =
  | Code
  | ImportedSymbol
  | string
  | number
  | false
  | undefined
  | readonly CodeValue[];

/** A name of another module. Using it in a template is what imports it. */
export interface ImportedSymbol {
  readonly kind: "symbol";
  readonly name: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

/** Printed code: text, and the symbols in it that wait for their import. */
export interface Code {
  readonly kind: "code";
  readonly parts: readonly (string | ImportedSymbol)[];
}

export function importedValue(name: string, from: string): ImportedSymbol {
  return { kind: "symbol", name, from, typeOnly: false };
}

export function importedType(name: string, from: string): ImportedSymbol {
  return { kind: "symbol", name, from, typeOnly: true };
}

/** Prints a template. The indentation that all its lines share, and the line ends at its two ends, are dropped. */
export function code(strings: TemplateStringsArray, ...values: readonly CodeValue[]): Code {
  const texts = withoutCommonIndentation(strings);
  const printer = new Printer();
  texts.forEach((text, index) => {
    printer.text(text);
    if (index < values.length) printer.value(values[index]);
  });
  return { kind: "code", parts: printer.finish() };
}

/** Puts a separator between pieces, such as `", "` or `"\n\n"`. */
export function join(values: readonly CodeValue[], separator: string): Code {
  const printer = new Printer();
  values.filter(isPrinted).forEach((value, index) => {
    if (index > 0) printer.text(separator);
    printer.value(value);
  });
  return { kind: "code", parts: printer.finish() };
}

/** The text of code, with each symbol under the name that `nameOf` gives it. */
export function printCode(
  value: Code,
  nameOf: (symbol: ImportedSymbol) => string = (s) => s.name,
): string {
  return value.parts.map((part) => (typeof part === "string" ? part : nameOf(part))).join("");
}

/** Every symbol that code uses, in order of first use. */
export function symbolsOf(value: Code): readonly ImportedSymbol[] {
  return value.parts.filter((part) => typeof part !== "string");
}

function isPrinted(value: CodeValue): boolean {
  if (value === undefined || value === false) return false;
  if (Array.isArray(value)) return value.some(isPrinted);
  return true;
}

/** Collects parts, and knows what stands on the current line. */
class Printer {
  private readonly parts: (string | ImportedSymbol)[] = [];
  private line = "";
  /** What goes before the next text of the line, so that empty lines stay empty. */
  private indentation = "";
  /** Whether the line got a value that printed nothing, and nothing else so far. */
  private hollow = false;

  text(text: string, indentation = ""): void {
    text.split("\n").forEach((line, index) => {
      if (index > 0) this.endLine(indentation);
      if (line !== "") this.push(line, line);
    });
  }

  value(value: CodeValue): void {
    if (isPrinted(value)) this.nested(value, /^\s*/.exec(this.line)?.[0] ?? "");
    else if (this.line.trim() === "") this.hollow = true;
  }

  finish(): readonly (string | ImportedSymbol)[] {
    if (this.isHollow()) this.dropLine();
    return this.parts;
  }

  private nested(value: CodeValue, indentation: string): void {
    if (value === undefined || value === false) return;
    if (typeof value === "string" || typeof value === "number") {
      this.text(String(value), indentation);
    } else if (!("kind" in value)) {
      value.filter(isPrinted).forEach((item, index) => {
        if (index > 0) this.endLine(indentation);
        this.nested(item, indentation);
      });
    } else if (value.kind === "symbol") {
      this.push(value, value.name);
    } else {
      for (const part of value.parts) this.nested(part, indentation);
    }
  }

  private push(part: string | ImportedSymbol, text: string): void {
    if (this.indentation !== "") this.parts.push(this.indentation);
    this.parts.push(part);
    this.line += this.indentation + text;
    this.indentation = "";
  }

  private endLine(indentation: string): void {
    if (this.isHollow()) this.dropLine();
    else this.parts.push("\n");
    this.line = "";
    this.hollow = false;
    this.indentation = indentation;
  }

  private isHollow(): boolean {
    return this.hollow && this.line.trim() === "";
  }

  /** Takes back the white space of a line that turned out to hold nothing. */
  private dropLine(): void {
    while (this.parts.length > 0 && this.parts.at(-1) !== "\n") this.parts.pop();
  }
}

function withoutCommonIndentation(strings: TemplateStringsArray): readonly string[] {
  const texts = strings.map((text) => text.replaceAll("\r\n", "\n"));
  if (!texts[0]?.startsWith("\n")) return texts;
  texts[0] = texts[0].slice(1);
  const last = texts.length - 1;
  texts[last] = (texts[last] ?? "").replace(/\n[ \t]*$/, "");
  const depths = texts.flatMap((text, index) =>
    text
      .split("\n")
      .filter((line, lineIndex, lines) => {
        const startsLine = index === 0 || lineIndex > 0;
        // A line that goes on with a value counts even where it holds white space alone.
        const goesOn = lineIndex === lines.length - 1 && index < last;
        return startsLine && (line.trim() !== "" || goesOn);
      })
      .map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  const depth = depths.length > 0 ? Math.min(...depths) : 0;
  return texts.map((text, index) =>
    text
      .split("\n")
      .map((line, lineIndex) => (index === 0 || lineIndex > 0 ? line.slice(depth) : line))
      .join("\n"),
  );
}
