// The process at a memory guest's end of a channel: one command after another, as channel.sh runs them.

import type { Readable } from "node:stream";
import { createRequestReader, type ChannelRequest } from "../pct/channel-requests";
import type { Io } from "../shell/run";

const killed = 137;

/** Ends with 0 when its input does and everything asked for is answered, with 137 when the guest stops. */
export function serveChannel(
  greeting: string,
  run: (request: ChannelRequest) => Promise<number>,
  io: Pick<Io, "stdout" | "stderr"> & { stream: Readable; life: AbortSignal },
): Promise<number> {
  const print = (text: string): void => io.stdout(Buffer.from(text));
  const mark = (text: string): void => io.stderr(Buffer.from(`${text}\n`));
  return new Promise((resolve, reject) => {
    let work = Promise.resolve();
    const take = createRequestReader();
    const answer = async (request: ChannelRequest): Promise<void> => {
      if (io.life.aborted) return;
      const code = await run(request);
      // What runs when a guest stops ends without a word.
      if (io.life.aborted) return;
      print(`${request.mark} ${code}\n`);
      mark(request.mark);
    };
    print(`${greeting}\n`);
    mark(greeting);
    io.stream.on("data", (bytes: Buffer) => {
      for (const request of take(bytes)) work = work.then(() => answer(request));
      work.catch(reject);
    });
    const over = (): void => void work.then(() => resolve(0), reject);
    for (const event of ["end", "close"]) io.stream.once(event, over);
    io.life.addEventListener("abort", () => resolve(killed), { once: true });
  });
}
