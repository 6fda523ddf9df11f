// A guest's channel as the lab sees it pass: each request is journaled as it would be by a `pct exec` of its own, and may meet its faults.

import { Transform, type Readable } from "node:stream";
import type { Core } from "../core";
import { createAnswerReader, createRequestReader } from "./channel-requests";
import { asksOnly, journalPct } from "./journal-pct";

interface Passing {
  argv: readonly string[];
  time: number;
}

/** `onRequest` is called with each command before the guest has it. */
export function watchChannel(core: Core, vmid: number, onRequest: (argv: readonly string[]) => void) {
  const requests = createRequestReader();
  const answers = createAnswerReader();
  const open: Passing[] = [];
  const note = (status: number): void => {
    const passing = open.shift();
    if (passing === undefined || asksOnly(passing.argv)) return;
    const argv = `${vmid} -- ${passing.argv.join(" ")}`;
    journalPct(core, { method: "GUEST", path: "exec", time: passing.time, vmid, params: { argv }, status });
  };
  return {
    stdin: (from: Readable): Readable =>
      from.pipe(
        new Transform({
          transform(bytes: Buffer, _encoding, done) {
            for (const { mark, argv } of requests(bytes)) {
              open.push({ argv, time: core.clock.now() });
              answers.expect(mark);
              onRequest(argv);
            }
            done(null, bytes);
          },
        }),
      ),
    stdout(bytes: Buffer): void {
      for (const status of answers.read(bytes)) note(status);
    },
    /** What got no answer ended as the channel did. */
    ended(status: number): void {
      while (open.length > 0) note(status);
    },
  };
}
