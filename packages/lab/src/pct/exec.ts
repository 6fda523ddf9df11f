// pct exec: argv inside the container, its exit code outside, with the faults that cut a session in the middle.

import { Readable } from "node:stream";
import { RUNNER_PATH } from "@homeport/guest";
import type { Core } from "../core";
import { hasFault } from "../faults/hostname-faults";
import { nameOf } from "../guests/record";
import { greetingOf } from "./channel-requests";
import type { ParsedPct } from "./pct";
import { watchChannel } from "./watch-channel";

const containerPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** How long a `drop-ssh` lets a session live, before the lab's scale. */
const dropAfterMs = 400;

export async function execInside(core: Core, call: ParsedPct): Promise<number> {
  const { vmid, tail, session, io } = call;
  const complain = (text: string): number => {
    io.stderr(Buffer.from(`${text}\n`));
    return 255;
  };
  if (tail.length === 0) return complain("400 not enough arguments\npct exec <vmid> [<extra-args>] [OPTIONS]");
  if (!(await core.host.running(vmid))) return complain(`container '${vmid}' not running!`);
  const hostname = nameOf(core.guests.get(vmid));
  if (hasFault(hostname, "fail-exec"))
    return complain(`lxc-attach: ${vmid}: ../src/lxc/attach.c: lxc_attach: 1128 Failed to attach`);
  const onRequest = (argv: readonly string[]): void => {
    if (!hasFault(hostname, "drop-ssh") || core.faults.dropped.has(vmid)) return;
    if (!argv.includes(RUNNER_PATH) || !argv.includes("follow")) return;
    core.faults.dropped.add(vmid);
    void core.pace(dropAfterMs).then(() => session.cut());
  };
  const stdin = call.inherited ?? Readable.from([await io.stdin()]);
  const watch = greetingOf(tail) === undefined ? undefined : watchChannel(core, vmid, onRequest);
  if (watch === undefined) onRequest(tail);
  const status = await core.host.exec(vmid, tail, {
    stdin: watch?.stdin(stdin) ?? stdin,
    env:
      call.options["keep-env"] === "0"
        ? { PATH: containerPath, container: "lxc", TERM: "linux" }
        : { ...call.env, container: "lxc", TERM: "linux" },
    stdout(bytes) {
      if (watch) call.onChannel();
      watch?.stdout(bytes);
      io.stdout(bytes);
    },
    stderr: io.stderr,
    signal: session.signal,
  });
  watch?.ended(status);
  return status;
}
