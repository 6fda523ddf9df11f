// Makes the guest, once: every try first looks at what is there, and the table in domain/container/create-decision says what to do.
import { decideCreate, type CreateObservation } from "@homeport/domain/container/create-decision";
import { classifyTaskExit, ProxmoxError } from "@homeport/proxmox";
import type { GuestAt } from "../../step-at";
import type { StepMemory } from "../../step-memory";
import { clearOrphan, isOrphan } from "./orphan";
import { readGuest, readHere, recordSeen } from "../guest/guest";
import { holderHere, holderInCluster } from "../plan/holder-text";
import { lxcParams } from "./lxc-params";
import { holdToPlan } from "../plan/plan-check";
import { setRootOptions } from "./root-options";
import { forgetGranted, noteMade } from "../recent";
import type { StepContext } from "../run-step";
import { together } from "../together";
import { refuseFullStorage } from "../storage-full";
import { findOwnTask, followTask, readNodeClock } from "../guest/task";

/** `locked`: left so by a task that died, and only a person can unlock it. */
export type Created =
  | { outcome: "created"; warnings: number }
  | { outcome: "taken"; why: string }
  | { outcome: "locked" };

export async function createLxc(step: StepContext, { vmid, containerId }: GuestAt): Promise<Created> {
  let warnings = 0;
  let known: CreateObservation["task"] = null;
  for (let refused = false; ;) {
    const memory = memoryOf(step, vmid);
    const seen = await observeNew(step, vmid, { memory, known, refused });
    if (memory?.clearing && (seen.guest === null || isOrphan(seen.guest))) {
      // Gone: by our own destroy that a crash cut off from its note, or by the person who was asked to unlock it.
      if (seen.guest !== null) await clearOrphan(step, { vmid, unlock: false });
      await forgetTask(step, memory);
      continue;
    }
    const decision = decideCreate(seen);
    switch (decision.act) {
      case "post":
        // Proxmox says that it exists and this node does not have it: another node of the cluster does, or a virtual machine.
        if (refused) return { outcome: "taken", why: await holderInCluster(step, vmid) };
        known = await post(step, { vmid, containerId });
        refused = known === null;
        continue;
      case "follow": {
        const verdict = await followTask(step, decision.upid, { justBegun: known?.upid === decision.upid });
        if (verdict.ok) warnings = verdict.warnings;
        known = verdict.ok
          ? { upid: decision.upid, state: "succeeded" }
          : { upid: decision.upid, state: "failed", error: verdict.message };
        continue;
      }
      case "fail": {
        // Told once: the next try, ours or a person's, begins a task of its own.
        if (memory) await forgetTask(step, memory);
        await refuseFullStorage(step, { error: decision.error, upid: memory?.upid, containerId });
        const verdict = classifyTaskExit(decision.error);
        throw new ProxmoxError(verdict.ok ? "server" : verdict.kind, decision.error);
      }
      case "clear_orphan":
        await remember(step, { ...(memory ?? fresh(vmid, 0)), clearing: true });
        await step.record.log(
          `The node lost the task that made CT ${vmid}; its remains are cleared away and it is made again.`,
        );
        if ((await clearOrphan(step, { vmid, unlock: true })) === "locked") return { outcome: "locked" };
        if (memory) await forgetTask(step, memory);
        continue;
      case "yield":
        return { outcome: "taken", why: seen.guest === null ? decision.why : holderHere(seen.guest, decision.why) };
      case "done":
        if (decision.upid !== undefined && decision.upid !== known?.upid) {
          const verdict = await followTask(step, decision.upid);
          if (verdict.ok) warnings = verdict.warnings;
        }
        noteMade(step.host.proxmox);
        // The disk is made: what is left here is ours alone. A try that comes behind finds it made.
        await together([
          step.deps.releaseSlot(step.at),
          step.deps.blueprint(containerId).then(({ spec }) => setRootOptions(step, { vmid, spec })),
        ]);
        if (seen.guest !== null) await recordSeen(step, vmid, { status: "stopped", config: seen.guest.config });
        return { outcome: "created", warnings };
    }
  }
}

type CreateMemory = NonNullable<StepMemory["create"]>;
type Observation = CreateObservation & { guest: Awaited<ReturnType<typeof readGuest>> };

/** What was noted about another VMID, taken by somebody meanwhile, says nothing about this one. */
export function memoryOf({ record }: StepContext, vmid: number): CreateMemory | undefined {
  return record.memory.create?.vmid === vmid ? record.memory.create : undefined;
}

/** Without what is known already. `known`: what this try has just seen of its task. `refused`: Proxmox says that the VMID is taken. */
async function observeNew(
  step: StepContext,
  vmid: number,
  { memory, known, refused }: { memory: CreateMemory | undefined; known: Observation["task"]; refused: boolean },
): Promise<Observation> {
  // Nothing was begun at this VMID: whether another node of the cluster has it, the call that takes it says itself.
  if (memory === undefined && !refused) return sightOf(await readHere(step, vmid), null);
  if (known === null || known.upid !== memory?.upid) return observe(step, vmid, memory);
  return sightOf(known.state === "running" ? null : await readGuest(step, vmid), known);
}

export async function observe(step: StepContext, vmid: number, memory: CreateMemory | undefined): Promise<Observation> {
  // The task first: it may end while we look, and then the config is the newer word.
  const task = memory ? await ownCreateTask(step, memory) : null;
  return sightOf(await readGuest(step, vmid), task);
}

const sightOf = (guest: Observation["guest"], task: Observation["task"]): Observation => ({
  guest,
  task,
  config: guest && { lock: guest.lock, ownership: guest.ownership },
});

async function ownCreateTask(step: StepContext, memory: CreateMemory): Promise<CreateObservation["task"]> {
  const upid =
    memory.upid ??
    (await findOwnTask(step, { type: "vzcreate", vmid: memory.vmid, since: memory.since, but: memory.judged }))?.upid;
  if (upid === undefined) return null;
  if (memory.upid === undefined) await remember(step, { ...memory, upid });
  try {
    const { status, exitstatus = "unexpected status" } = await step.host.proxmox.taskStatus(upid, {
      signal: step.signal,
    });
    if (status === "running") return { upid, state: "running" };
    return classifyTaskExit(exitstatus).ok
      ? { upid, state: "succeeded" }
      : { upid, state: "failed", error: exitstatus };
  } catch (error) {
    // The node forgot it: what is left of it is what the config shows.
    if (error instanceof ProxmoxError && error.kind === "missing")
      return { upid, state: "failed", error: "unexpected status" };
    throw error;
  }
}

/** The task that it began; null when Proxmox says that the VMID is taken. The answer is waited for even when the step is cancelled meanwhile. */
async function post(
  step: StepContext,
  { vmid, containerId }: { vmid: number; containerId: string },
): Promise<CreateObservation["task"]> {
  const { host, deps } = step;
  await holdToPlan(step);
  const { spec } = await deps.blueprint(containerId);
  const memory = memoryOf(step, vmid) ?? fresh(vmid, await readNodeClock(step));
  await remember(step, memory);
  step.signal.throwIfAborted();
  try {
    const upid = await host.proxmox.createLxc(
      host.pveName,
      lxcParams(spec, { vmid, containerId, installationId: await deps.installation() }),
    );
    await remember(step, { ...memory, upid });
    return { upid, state: "running" };
  } catch (error) {
    if (error instanceof ProxmoxError && error.kind === "exists") return null;
    if (error instanceof ProxmoxError && error.kind === "permission") forgetGranted(host.proxmox);
    throw error;
  }
}

const fresh = (vmid: number, since: number): CreateMemory => ({ vmid, since, judged: [], clearing: false });

function remember(step: StepContext, create: CreateMemory): Promise<void> {
  return step.record.remember({ create });
}

async function forgetTask(step: StepContext, { upid, clearing: _, ...memory }: CreateMemory): Promise<void> {
  await remember(step, {
    ...memory,
    clearing: false,
    judged: upid === undefined ? memory.judged : [...memory.judged, upid],
  });
}
