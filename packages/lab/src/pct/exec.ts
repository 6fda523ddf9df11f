// pct exec: argv inside the container, its exit code outside, with the faults that cut a session in the middle.

import { Readable } from "node:stream";
import { RUNNER_PATH } from "@homeport/guest";
import type { Core } from "../core";
import { hasFault } from "../faults/hostname-faults";
import { nameOf } from "../guests/record";
import type { ParsedPct } from "./pct";

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
  if (
    hasFault(hostname, "drop-ssh") &&
    !core.faults.dropped.has(vmid) &&
    tail.includes(RUNNER_PATH) &&
    tail.includes("follow")
  ) {
    core.faults.dropped.add(vmid);
    void core.pace(dropAfterMs).then(() => session.cut());
  }
  const stdin = call.inherited ?? Readable.from([await io.stdin()]);
  return core.host.exec(vmid, tail, {
    stdin,
    env:
      call.options["keep-env"] === "0"
        ? { PATH: containerPath, container: "lxc", TERM: "linux" }
        : { ...call.env, container: "lxc", TERM: "linux" },
    stdout: io.stdout,
    stderr: io.stderr,
    signal: session.signal,
  });
}
