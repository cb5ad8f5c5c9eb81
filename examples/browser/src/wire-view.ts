import { element } from "./element.ts";
import { createJsonView } from "./json-view.ts";
import type { Exchange } from "./wire-log.ts";

export interface ExchangeViewOptions {
  /** 1 for the first one of a call. */
  readonly attempt: number;
  /** Milliseconds since the response before it, where there is one. */
  readonly waited: number | undefined;
  readonly isOpen: boolean;
}

/** One attempt: its request, and its response once that is there. */
export function createExchangeView(
  exchange: Exchange,
  { attempt, waited, isOpen }: ExchangeViewOptions,
): HTMLDetailsElement {
  const { method, url, headers, body, response } = exchange;
  const pause = waited === undefined ? "" : `after a wait of ${Math.round(waited)} ms`;
  return element(
    "details",
    { class: "exchange", ...(isOpen && { open: "" }) },
    element(
      "summary",
      {},
      element("span", { class: "attempt" }, `Attempt ${attempt}`),
      createStatus(exchange),
      element("span", { class: "hint waited" }, pause),
    ),
    element("h3", {}, "Request"),
    element("p", { class: "target" }, element("strong", {}, method), " ", element("span", {}, url)),
    createHeadersView(headers, `Headers of request ${attempt}`),
    createJsonView(body, `Body of request ${attempt}`),
    ...(response === undefined
      ? []
      : [
          element("h3", {}, "Response"),
          createHeadersView(response.headers, `Headers of response ${attempt}`),
          createJsonView(response.body, `Body of response ${attempt}`),
        ]),
  );
}

function createStatus({ response, sentAt }: Exchange): HTMLElement {
  if (response === undefined) return createPill("busy", "no answer yet");
  const { status, body, receivedAt } = response;
  const time = `${Math.round(receivedAt - sentAt)} ms`;
  const state = status < 300 ? "good" : "bad";
  return createPill(state, `${[status, ...readErrorName(body)].join(" ")} in ${time}`);
}

function createPill(state: "busy" | "good" | "bad", text: string): HTMLElement {
  return element("span", { class: "pill", "data-state": state }, text);
}

function createHeadersView(
  headers: readonly (readonly [string, string])[],
  label: string,
): HTMLElement {
  const rows = headers.map(([name, value]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value)),
  );
  return element("table", { "aria-label": label }, element("tbody", {}, ...rows));
}

/** The name of the error in a body of AWS JSON, where there is one. */
function readErrorName(body: string): readonly string[] {
  return /"__type":\s*"(?:[^"#]*#)?([^"]+)"/.exec(body)?.slice(1, 2) ?? [];
}
