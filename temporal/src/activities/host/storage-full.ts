// A create that failed for want of space: told with what is free and what is needed, in place of a tool's last words.
import type { Upid } from "@homeport/proxmox";
import { StepFailure } from "../failures";
import type { StepContext } from "./run-step";

/** lvcreate on a full thin pool or group, tar and mkfs on a full file system, ZFS, quotas. */
const FULL =
  /No space left on device|free space in thin pool|insufficient (?:free|suitable) (?:space|extents|allocatable)|out of space|not enough (?:free )?space|disk quota exceeded/i;
const GIB = 1024 ** 3;
const LAST_LINES = 40;

/** Throws the words when `error`, or what its task said last, means a full storage. Proxmox has removed the half-made guest itself. */
export async function refuseFullStorage(
  step: StepContext,
  what: { error: string; upid: Upid | undefined; containerId: string },
): Promise<void> {
  if (!FULL.test(what.error) && !(what.upid !== undefined && FULL.test(await lastLines(step, what.upid)))) return;
  const { host, deps, signal } = step;
  const { spec } = await deps.blueprint(what.containerId);
  const storages = await host.proxmox.storages(host.pveName, {}, { signal });
  const avail = storages.find(({ storage }) => storage === spec.storage)?.avail;
  const free =
    avail === undefined || avail === null ? "too little is free" : `${(avail / GIB).toFixed(1)} GiB are free`;
  throw new StepFailure(
    `Storage ${spec.storage} on node ${host.name} is full: ${free}, the container needs ${spec.diskGib} GiB. Nothing of it was left. Make room there or choose another storage, then retry.`,
  );
}

/** tar's own words are in the log only; the task ends with "exit code 2". */
async function lastLines({ host, signal }: StepContext, upid: Upid): Promise<string> {
  const { total } = await host.proxmox.taskLog(upid, { start: 0, limit: 1 }, { signal });
  const { lines } = await host.proxmox.taskLog(
    upid,
    { start: Math.max(0, total - LAST_LINES), limit: LAST_LINES },
    { signal },
  );
  return lines.map(({ t }) => t).join("\n");
}
