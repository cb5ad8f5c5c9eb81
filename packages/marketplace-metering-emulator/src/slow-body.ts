/** The same response, whose body comes in pieces that are spread over so many milliseconds. */
export async function slowDown(response: Response, milliseconds: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const pieces = 10;
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await sleep(milliseconds / pieces);
      if (sent >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(sent, sent + size));
      sent += size;
    },
  });
  const { status, headers } = response;
  return new Response(body, { status, headers });
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
