import { isTransportError, MarketplaceMetering } from "@pawprint/marketplace-metering-edge";
import { element, find } from "./element.ts";
import { InputTextError, readInput } from "./input-text.ts";
import { createMockedService, type Mood } from "./mocked-service.ts";
import { type ConsoleOperation, operations } from "./operations.ts";
import { createErrorView, createResultView } from "./outcome-view.ts";
import { type Exchange, watchWire } from "./wire-log.ts";
import { createExchangeView } from "./wire-view.ts";

const moods: readonly (readonly [Mood, string])[] = [
  ["answers", "answers"],
  ["throttles-twice", "throttles twice"],
  ["throttles", "keeps throttling"],
  ["is-slow", "is slow"],
];

const form = find("request", HTMLFormElement);
const input = find("input", HTMLTextAreaElement);
const inputProblem = find("input-problem", HTMLElement);
const region = find("region", HTMLSelectElement);
const send = find("send", HTMLButtonElement);
const abort = find("abort", HTMLButtonElement);
const status = find("status", HTMLElement);
const outcome = find("outcome", HTMLElement);
const wire = find("wire", HTMLElement);

const service = createMockedService();
/** What was typed for each operation. */
const drafts = new Map(operations.map((operation) => [operation, print(operation.sample)]));
let operation = operations[0] as ConsoleOperation;
let mood: Mood = "answers";
let exchanges: readonly Exchange[] = [];
let controller: AbortController | undefined;
/** When the last call began, by the page's clock. */
let startedAt = 0;

addChoices(
  "operations",
  operations.map(({ name }) => [name, name]),
  (name) => {
    operation = operations.find((candidate) => candidate.name === name) ?? operation;
    showOperation();
  },
);
addChoices("moods", moods, (name) => {
  mood = name;
});
showOperation();

input.addEventListener("input", () => {
  drafts.set(operation, input.value);
  showInputProblem("");
});
find("restore", HTMLButtonElement).addEventListener("click", () => {
  drafts.set(operation, print(operation.sample));
  showOperation();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void call();
});
abort.addEventListener("click", () => controller?.abort());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") controller?.abort();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !send.disabled) {
    form.requestSubmit();
  }
});

watchWire(service.worker, (exchange) => {
  // A call that was aborted may still get its answer while the next one is under way.
  if (exchange.sentAt < startedAt) return;
  const others = exchanges.filter(({ id }) => id !== exchange.id);
  exchanges = [...others, exchange].sort((a, b) => a.sentAt - b.sentAt);
  showExchanges();
});
await startMocks();

async function startMocks(): Promise<void> {
  const pill = find("mocks", HTMLElement);
  try {
    await service.worker.start({
      quiet: true,
      onUnhandledFrame: "bypass",
      serviceWorker: { url: "./mockServiceWorker.js" },
    });
    pill.textContent = "Mocks are ready";
    pill.dataset.state = "good";
    send.disabled = false;
  } catch (error) {
    pill.textContent = `No mocks: ${(error as Error).message}`;
    pill.dataset.state = "bad";
  }
}

async function call(): Promise<void> {
  let value: unknown;
  try {
    value = readInput(input.value);
  } catch (error) {
    if (!(error instanceof InputTextError)) throw error;
    clear();
    showInputProblem(error.message);
    showStatus("bad", "Nothing sent");
    input.focus();
    return;
  }
  // A page that was loaded past its service worker would send to AWS.
  if (navigator.serviceWorker.controller === null) {
    showStatus("bad", "Nothing sent: reload this page, its service worker is not in charge");
    return;
  }
  controller = new AbortController();
  clear();
  service.setMood(mood);
  showBusy(true);
  showStatus("busy", "Sending");
  const client = new MarketplaceMetering({
    region: region.value,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "made-up" },
  });
  try {
    const result = await operation.call(client, value, { abortSignal: controller.signal });
    outcome.replaceChildren(...createResultView(result));
    showStatus("good", `Answered in ${readTime()}${readAttempts(result.$metadata.attempts)}`);
  } catch (thrown) {
    const error = thrown as Error;
    outcome.replaceChildren(...createErrorView(error));
    const isAborted = isTransportError(error) && error.name === "AbortError";
    showStatus(
      "bad",
      isAborted ? `Aborted after ${readTime()}` : `${error.name} after ${readTime()}`,
    );
  } finally {
    controller = undefined;
    showBusy(false);
  }
}

function clear(): void {
  startedAt = performance.now();
  exchanges = [];
  wire.replaceChildren(element("p", { class: "empty" }, "Nothing went over the wire."));
  outcome.replaceChildren();
}

function readTime(): string {
  const time = performance.now() - startedAt;
  return time < 1_000 ? `${Math.round(time)} ms` : `${(time / 1_000).toFixed(1)} s`;
}

function readAttempts(attempts: number): string {
  return attempts === 1 ? "" : `, with ${attempts} attempts`;
}

function showOperation(): void {
  input.value = drafts.get(operation) ?? "";
  find("summary", HTMLElement).textContent = operation.summary;
  showInputProblem("");
}

function showInputProblem(problem: string): void {
  inputProblem.textContent = problem;
  if (problem === "") input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
}

function showBusy(busy: boolean): void {
  send.disabled = busy;
  abort.disabled = !busy;
  outcome.setAttribute("aria-busy", String(busy));
}

function showStatus(state: "busy" | "good" | "bad", text: string): void {
  status.dataset.state = state;
  status.textContent = text;
}

function showExchanges(): void {
  const views = exchanges.map((exchange, index) => {
    const before = exchanges[index - 1]?.response?.receivedAt;
    const waited = before === undefined ? undefined : exchange.sentAt - before;
    return createExchangeView(exchange, {
      attempt: index + 1,
      waited,
      isOpen: index === exchanges.length - 1,
    });
  });
  wire.replaceChildren(...views);
  if (controller !== undefined && exchanges.length > 1) {
    showStatus("busy", `Sending, attempt ${exchanges.length}`);
  }
}

/** Radio buttons, the first one checked. */
function addChoices<Name extends string>(
  id: string,
  choices: readonly (readonly [Name, string])[],
  choose: (name: Name) => void,
): void {
  const views = choices.map(([name, text], index) => {
    const radio = element("input", { type: "radio", name: id, value: name });
    radio.checked = index === 0;
    radio.addEventListener("change", () => choose(name));
    return element("label", {}, radio, element("span", {}, text));
  });
  find(id, HTMLElement).append(...views);
}

function print(value: object): string {
  return JSON.stringify(value, undefined, 2);
}
