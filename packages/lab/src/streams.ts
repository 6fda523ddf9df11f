// Reading a stream to its end.

import type { Readable } from "node:stream";

export async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array)); // binary streams only
  return Buffer.concat(chunks);
}
