// An engine that remembers what it was asked, and can be away.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { PlanDocument } from "@homeport/domain/plan/plan";
import type { Engine } from "../engine-port";
import { plannedFor } from "./planned";

export interface MemoryEngine extends Engine {
  asked: string[];
  away: boolean;
  /** What the node says besides what is asked for; tests move the world with it. */
  world: Partial<PlanDocument>;
  /** The same of one container only. */
  worldOf?: ((spec: ContainerSpec) => Partial<PlanDocument>) | undefined;
  /** Who has which VMID on the node, in words. */
  holders: Map<number, string>;
}

export function memoryEngine(): MemoryEngine {
  const engine: MemoryEngine = {
    asked: [],
    away: false,
    world: {},
    holders: new Map(),
    startRun: ({ runId }) => called(`start ${runId}`).then(() => "started" as const),
    decide: (runId, decided) => called(`${typeof decided === "string" ? decided : decided.decision} ${runId}`),
    steer: (runId, steer) => called(`${steer} ${runId}`),
    cancel: (runId) => called(`cancel ${runId}`),
    plan: (spec) =>
      called(`plan ${spec.hostname}`).then(() => plannedFor(spec, { ...engine.world, ...engine.worldOf?.(spec) })),
    planBatch: (specs) =>
      called(`plan ${specs.length}`).then(() =>
        specs.map((spec) => plannedFor(spec, { ...engine.world, ...engine.worldOf?.(spec) })),
      ),
    vmidHolder: ({ vmid }) => called(`vmid ${vmid}`).then(() => engine.holders.get(vmid) ?? null),
    probe: (nodeId) => called(`probe ${nodeId}`),
    watchNode: () => Promise.resolve(),
    resumeRun: ({ runId }) => called(`resume-run ${runId}`),
    endWorkflow: (workflowId) => called(`end ${workflowId}`),
    reconcile: () => called("reconcile"),
    keepLease: ({ containerId }) => called(`lease ${containerId}`),
    status: async () => {
      await called("status");
      const well = { ok: true, reason: null };
      return { temporal: well, worker: well };
    },
  };
  const called = (what: string): Promise<void> => {
    if (engine.away) return Promise.reject(new Error("connection refused at 10.1.2.3:7233"));
    engine.asked.push(what);
    return Promise.resolve();
  };
  return engine;
}
