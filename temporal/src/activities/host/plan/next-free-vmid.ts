// The lowest VMID of the range that is free on the cluster and that no reservation of ours holds; reserved when it is answered.
import { StepFailure } from "../../failures";
import { seenLately } from "../recent";
import type { StepContext } from "../run-step";
import { isFree } from "./vmid-holder";

/** How many are offered to the reservation at once: others reserve at the same time. */
const CANDIDATES = 64;

/** `but`: those that turned out to be taken. A second try answers what the first one reserved, or another. */
export async function nextFreeVmid(step: StepContext, but: readonly number[]): Promise<number> {
  const { host, deps, at, record, signal } = step;
  const { containerId, runId } = at;
  const by = { containerId, runId, step: at.step, writer: record.writer };
  const range = await deps.vmids.range(containerId);
  // Without a range of ours Proxmox's counts, which a cluster may have set (datacenter.cfg, next-id).
  const seen = seenLately(host, deps.pace);
  const offered =
    range.setBy !== null ? undefined : (seen?.offered ?? (await host.proxmox.nextId(undefined, { signal })));
  const from = offered ?? range.from;
  const taken = new Set([...but, ...(await deps.vmids.held(at.containerId))]);
  // The list may be some seconds old: who is on it is asked about last.
  const guests = seen?.guests ?? (await host.proxmox.resources("vm", { signal }));
  const listed = new Set(guests.flatMap(({ vmid }) => (typeof vmid === "number" ? [vmid] : [])));
  for (;;) {
    const candidates = pick({ from, to: range.to }, { taken, listed });
    if (candidates.length === 0) {
      throw new StepFailure(`No VMID is free ${noneFree[range.setBy ?? "nobody"](range)}`);
    }
    const vmid = await deps.vmids.reserve(by, candidates);
    // What Proxmox has just offered is free.
    if (vmid !== undefined && (vmid === offered || (await isFree(host, vmid, signal)))) return vmid;
    if (vmid !== undefined) await deps.vmids.giveBack(by);
    for (const one of vmid === undefined ? candidates : candidates.filter((candidate) => candidate <= vmid))
      taken.add(one);
  }
}

type Span = Awaited<ReturnType<StepContext["deps"]["vmids"]["range"]>>;
const noneFree: Record<"node" | "share" | "nobody", (span: Span) => string> = {
  node: ({ from, to, node }) => `between ${from} and ${to} on ${node}: widen the range under Nodes → ${node} → Edit.`,
  share: ({ from, to, node }) =>
    `between ${from} and ${to}, which this project may use on ${node}: its owner can widen the range.`,
  nobody: ({ node }) => `on ${node}.`,
};

/** Unlisted ones first, each kind lowest first. */
function pick(
  { from, to }: { from: number; to: number },
  { taken, listed }: { taken: ReadonlySet<number>; listed: ReadonlySet<number> },
): number[] {
  const candidates: number[] = [];
  for (let vmid = from; vmid <= to && candidates.length < CANDIDATES; vmid += 1) {
    if (!taken.has(vmid) && !listed.has(vmid)) candidates.push(vmid);
  }
  if (candidates.length > 0) return candidates;
  return [...listed].filter((vmid) => vmid >= from && vmid <= to && !taken.has(vmid)).sort((a, b) => a - b);
}
