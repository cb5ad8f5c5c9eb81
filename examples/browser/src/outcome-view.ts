import {
  isInvalidInputError,
  isServiceError,
  type MetadataBearer,
  type ResponseMetadata,
} from "@pawprint/marketplace-metering-edge";
import { element } from "./element.ts";
import { createJsonView } from "./json-view.ts";

/** What came back, and how the call went. */
export function createResultView({ $metadata, ...output }: MetadataBearer): readonly Node[] {
  return [
    createJsonView(output, "The response"),
    createFactsView("$metadata", describeMetadata($metadata)),
  ];
}

/** What went wrong: the kind of error decides what there is to say. */
export function createErrorView(error: Error): readonly Node[] {
  const head = element(
    "div",
    { class: "failure" },
    element("p", { class: "failure-name" }, error.name),
    element("p", {}, readHeadline(error)),
  );
  if (isInvalidInputError(error)) {
    const problems = error.problems.map(({ path, message }) =>
      element(
        "li",
        {},
        element("code", {}, path === "" ? "input" : path),
        element("span", {}, message),
      ),
    );
    return [head, element("ul", { class: "problems", "aria-label": "Problems" }, ...problems)];
  }
  const fault = isServiceError(error) ? { $fault: error.$fault } : {};
  return "$metadata" in error
    ? [
        head,
        createFactsView("$metadata", {
          ...fault,
          ...describeMetadata(error.$metadata as ResponseMetadata),
        }),
      ]
    : [head];
}

function readHeadline(error: Error): string {
  if (!isInvalidInputError(error)) return error.message;
  const { length } = error.problems;
  return `${length === 1 ? "One problem" : `${length} problems`} in the input. Nothing was sent.`;
}

function describeMetadata(metadata: ResponseMetadata): { readonly [name: string]: string } {
  const { httpStatusCode, requestId, attempts, totalRetryDelay } = metadata;
  return {
    attempts: String(attempts),
    totalRetryDelay: `${Math.round(totalRetryDelay)} ms`,
    ...(httpStatusCode !== undefined && { httpStatusCode: String(httpStatusCode) }),
    ...(requestId !== undefined && { requestId }),
  };
}

function createFactsView(title: string, facts: { readonly [name: string]: string }): HTMLElement {
  const rows = Object.entries(facts).map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value)),
  );
  return element("dl", { class: "facts", "aria-label": title }, ...rows);
}
