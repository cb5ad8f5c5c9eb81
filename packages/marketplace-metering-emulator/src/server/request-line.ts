import type { LoggedRequest } from "../request-log.ts";

/** A line of the log: when, what, the answer, who and from where, and what it says. */
export function printRequest(request: LoggedRequest): string {
  const { at, operation = "no target", status, error, fault, summary, attempt } = request;
  const answer =
    status === undefined
      ? (fault ?? "no answer")
      : `${status} ${error ?? (status < 400 ? "OK" : "")}`.trimEnd();
  const sender = [request.accessKeyId ?? "unsigned", request.region].filter(Boolean).join(" ");
  const notes = [
    summary,
    fault !== undefined && status !== undefined && `fault: ${fault}`,
    attempt > 1 && `attempt ${attempt}`,
  ].filter((note) => note !== false && note !== "");
  const took = `${Math.round(request.milliseconds)} ms`;
  const text = `${at}  ${operation.padEnd(15)}  ${answer}  ${sender}  ${took}  ${notes.join(" · ")}`;
  return escapeControls(text.trimEnd());
}

/** What clients send ends up on somebody's terminal. */
function escapeControls(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
