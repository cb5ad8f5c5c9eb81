import { type Carrier, fitsSocket, type ObservedRequest } from "tools-conformance/carrier";

/** An observed request on its way through JSON. */
interface WireRequest extends Omit<ObservedRequest, "body"> {
  readonly body: readonly number[];
}

/** Real sockets for engines that cannot listen: the bench opens a server for each exchange. */
export function createRemoteCarrier(bench: string): Carrier {
  return {
    name: "sockets",
    hiddenHeaders: [],
    carries: fitsSocket,
    open: async (answer) => {
      const opened = await post(`${bench}/exchanges`, { ...answer, body: [...answer.body] });
      const { id, url } = opened as { readonly id: string; readonly url: string };
      return {
        options: { endpoint: url },
        requests: async () => {
          const requests = await post(`${bench}/exchanges/${id}/requests`);
          return (requests as readonly WireRequest[]).map(({ body, ...request }) => ({
            ...request,
            body: Uint8Array.from(body),
          }));
        },
        close: async () => {
          await post(`${bench}/exchanges/${id}/close`);
        },
      };
    },
  };
}

async function post(url: string, value: unknown = null): Promise<unknown> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(value) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}
