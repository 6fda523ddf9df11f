// Reading a stream to its end.

import type { Readable } from "node:stream";

/** By events: a `for await` would destroy the stream at its end, and a channel's other direction with it. */
export function collect(stream: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
    stream.once("end", () => resolve(Buffer.concat(chunks)));
    stream.once("close", () => resolve(Buffer.concat(chunks)));
    stream.once("error", reject);
    if (stream.readableEnded || stream.destroyed) resolve(Buffer.alloc(0));
  });
}
