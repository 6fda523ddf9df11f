// A request whose body is read up to a limit and no further, whatever its headers say of its size.

/** The same request with its body at hand; undefined when there is more of it than `maxBytes`. What is left is not read. */
export async function withinLimit(req: Request, maxBytes: number): Promise<Request | undefined> {
  if (req.body === null) return req;
  if (Number(req.headers.get("content-length") ?? 0) > maxBytes) return undefined;
  const reader = (req.body as ReadableStream<Uint8Array>).getReader(); // undici's types leave open what a body is made of
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      // Not awaited: the sender may never hear of it.
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    pieces.push(value);
  }
  return new Request(req.url, {
    method: req.method,
    headers: req.headers,
    body: Buffer.concat(pieces),
    signal: req.signal,
  });
}
