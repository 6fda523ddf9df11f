// The OS image that the container is made from: there already, or fetched by the node from its catalogue, once.
import { sleep } from "@temporalio/activity";
import { ProxmoxError, type Task, type Upid } from "@homeport/proxmox";
import { StepFailure } from "../../failures";
import type { StepResult } from "../../step-at";
import { seenLately } from "../recent";
import type { StepContext } from "../run-step";
import { followTask, readNodeClock } from "../guest/task";

const TYPE = "download";

/** `volid`: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst". */
export async function fetchImage(step: StepContext, volid: string): Promise<StepResult> {
  const { host, deps, signal } = step;
  const [storage = "", file = ""] = volid.split(":vztmpl/");
  const isThere = async () =>
    (await host.proxmox.storageContent(host.pveName, storage, "vztmpl", { signal })).some((one) => one.volid === volid);
  if (seenLately(host, deps.pace)?.images.includes(volid) || (await isThere()))
    return { detail: { is: "image_there", storage } };

  const offered = await host.proxmox.appliances(host.pveName, { signal });
  if (!offered.some(({ template }) => template === file))
    throw new StepFailure(
      `${file} is neither on storage ${storage} nor in the catalogue of node ${host.name}. Refresh it there (pveam update), or undo and choose another OS template.`,
    );
  const upid = (await begun(step, file)) ?? (await post(step, { storage, file }));
  const verdict = await followed(step, upid);
  await forget(step);
  if (!verdict.ok) throw new ProxmoxError(verdict.kind, verdict.message);
  if (!(await isThere()))
    throw new StepFailure(`Node ${host.name} downloaded ${file}, but it is not on storage ${storage}.`);
  return { detail: { is: "downloaded", storage } };
}

/** Our own task after a crash or a lost answer; or another's that fetches the very same file, which two need not do. */
async function begun({ record, host, signal }: StepContext, file: string): Promise<Upid | undefined> {
  const known = record.memory.tasks[TYPE];
  if (known?.upid !== undefined) return known.upid;
  const all = await host.proxmox.tasks(
    host.pveName,
    {
      typefilter: TYPE,
      source: known === undefined ? "active" : "all",
      limit: 50,
      ...(known === undefined ? {} : { since: known.since }),
    },
    { signal },
  );
  const { user, tokenId } = host.token;
  const own = (task: Task) =>
    task.user === `${user}!${tokenId}` ||
    (task.user === user && (task.tokenid === undefined || task.tokenid === tokenId));
  return all.filter((task) => task.id === file && own(task)).sort((a, b) => b.starttime - a.starttime)[0]?.upid;
}

async function post(step: StepContext, { storage, file }: { storage: string; file: string }): Promise<Upid> {
  const { record, host } = step;
  const since = record.memory.tasks[TYPE]?.since ?? (await readNodeClock(step));
  await record.remember({ tasks: { ...record.memory.tasks, [TYPE]: { since } } });
  step.signal.throwIfAborted();
  const upid = await host.proxmox.downloadAppliance(host.pveName, { storage, template: file });
  await record.remember({ tasks: { ...record.memory.tasks, [TYPE]: { since, upid } } });
  return upid;
}

/** Told once: the next try, ours or a person's, begins a task of its own. */
async function forget({ record }: StepContext): Promise<void> {
  const { [TYPE]: _, ...tasks } = record.memory.tasks;
  await record.remember({ tasks });
}

/** Follows the task, and meanwhile tells how far it is. */
async function followed(step: StepContext, upid: Upid) {
  let over = false;
  const verdict = followTask(step, upid).finally(() => {
    over = true;
  });
  const logging = logProgress(step, upid, () => over);
  const [result] = await Promise.all([verdict, logging.catch(() => undefined)]);
  return result;
}

async function logProgress({ at, deps, host, signal }: StepContext, upid: Upid, over: () => boolean): Promise<void> {
  let read = 0;
  let known: Progress = { percent: null, totalBytes: null };
  let reported: Progress | undefined;
  while (!over()) {
    const { lines } = await host.proxmox.taskLog(upid, { start: read, limit: 500 }, { signal });
    read = lines.at(-1)?.n ?? read;
    known = readProgress(
      lines.map(({ t }) => t),
      known,
    );
    const news = known.percent !== reported?.percent || known.totalBytes !== reported.totalBytes;
    if (news && !over()) await deps.progress(at, { is: "downloading", ...known });
    reported = known;
    await sleep(Math.min(deps.pace.pollMostMs, 1_000));
  }
}

export interface Progress {
  percent: number | null;
  totalBytes: number | null;
}

/** From wget's log, which the download task shows: "Length: 126129049 (120M)", then a line with a share for every 32 MiB. */
export function readProgress(lines: readonly string[], known: Progress): Progress {
  return lines.reduce<Progress>((progress, line) => {
    const length = /^Length: (\d+)/.exec(line)?.[1];
    const share = /^\s*\d+[KMG](?: [.\s]+)\s*(\d{1,3})%/.exec(line)?.[1];
    return {
      percent: share === undefined ? progress.percent : Number(share),
      totalBytes: length === undefined ? progress.totalBytes : Number(length),
    };
  }, known);
}
