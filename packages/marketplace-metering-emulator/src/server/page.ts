import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** The page for people, with what a browser may do with it: nothing but talk to this server. */
export interface Page {
  readonly html: string;
  readonly headers: { readonly [name: string]: string };
}

export async function readPage(): Promise<Page> {
  const html = await readFile(new URL("../../page/index.html", import.meta.url), "utf8");
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(html, "script")}`,
    `style-src ${hashOf(html, "style")}`,
    "img-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    html,
    headers: {
      "cache-control": "no-store",
      "content-security-policy": policy,
      "content-type": "text/html; charset=utf-8",
      "cross-origin-opener-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  };
}

function hashOf(html: string, element: "script" | "style"): string {
  const text = new RegExp(`<${element}>(.*)</${element}>`, "s").exec(html)?.[1] ?? "";
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
