import { element } from "./element.ts";

const tokens =
  /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** A value as JSON, in colours. A text that is JSON is laid out; any other stays as it is. */
export function createJsonView(value: unknown, label: string): HTMLElement {
  const text = typeof value === "string" ? layOut(value) : JSON.stringify(value, undefined, 2);
  const code = element("code");
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [whole, string, colon, number] = match;
    code.append(text.slice(end, match.index));
    const kind =
      colon !== undefined ? "name" : string !== undefined ? "string" : number ? "number" : "word";
    code.append(element("span", { class: `json-${kind}` }, string ?? whole), colon ?? "");
    end = match.index + whole.length;
  }
  code.append(text.slice(end));
  // It scrolls, so it can be reached with the keyboard.
  return element("pre", { tabindex: "0", role: "region", "aria-label": label }, code);
}

function layOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
