// The plans of a batch's members, made at once: one look at the node, and each member in what those before it leave.
import { type BatchQuestion, packPlans, type PlannedBatch, specsOf } from "@homeport/domain/plan/plan-batch";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { NeededPrivilege } from "@homeport/domain/node/node-privileges";
import { canonical } from "@homeport/domain/canonical";
import type { PlanDocument } from "@homeport/domain/plan/plan";
import { promiseOf } from "@homeport/domain/plan/plan-space";
import type { HeldVmid, PlanFacts } from "../../plan-ports";
import type { Host, HostDeps, Pace } from "../deps";
import { readGranted } from "../node/node-rights";
import { noteSeen } from "../recent";
import { onNode, planned, planOn, unseen } from "./plan-container";
import { readSurroundings, readVmid, type Surroundings, type VmidSight } from "./plan-sight";
import { holderOf } from "./vmid-holder";

/** Two hundred members may have typed VMIDs, and the line to the node be long. */
const PATIENCE_MS = 12_000;
const ASKED_AT_ONCE = 8;

/** An answer always, as of a single plan. */
export async function planBatch(deps: HostDeps, question: BatchQuestion): Promise<PlannedBatch> {
  const { first, creator } = question;
  const specs = specsOf(question);
  const facts = await deps.plans.facts({ spec: first, creator });
  const [document = unseen({ spec: first }, facts), ...others] = await onNode(
    deps,
    { nodeId: first.nodeId, facts, withinMs: PATIENCE_MS },
    {
      ask: (host, signal) => planEach(host, { specs, facts, pace: deps.pace }, signal),
      otherwise: (obstacle) => specs.map((spec) => ({ ...unseen({ spec }, facts), blockers: [obstacle] })),
    },
  );
  return packPlans([planned(document), ...others.map(planned)]);
}

interface Members {
  specs: readonly ContainerSpec[];
  facts: PlanFacts;
}

async function planEach(
  host: Host,
  { specs, facts, pace }: Members & { pace: Pace },
  signal: AbortSignal,
): Promise<PlanDocument[]> {
  const atMs = performance.now();
  const images = [...new Set(specs.map(({ osTemplate }) => osTemplate))];
  const around = new Map<string, Surroundings>();
  for (const osTemplate of images) around.set(osTemplate, await readSurroundings(host, { osTemplate }, signal));
  const [some] = around.values();
  const numbers = await readVmids(host, { specs, facts, guests: some?.guests ?? [] }, signal);
  const promises = [...facts.promises];
  const rights = new Map<string, ReturnType<typeof readGranted>>();
  const rightsOf = (needed: readonly NeededPrivilege[]): ReturnType<typeof readGranted> => {
    const key = canonical(needed);
    const known = rights.get(key) ?? readGranted(host, needed, { signal, pace });
    rights.set(key, known);
    return known;
  };
  const documents: PlanDocument[] = [];
  for (const [index, spec] of specs.entries()) {
    const [seen, number] = [around.get(spec.osTemplate), numbers[index]];
    const sight = seen && number && { ...seen, ...number };
    documents.push(
      await planOn(
        host,
        {
          spec,
          facts: { ...facts, promises: [...promises] },
          rightsOf,
          ...(sight === undefined ? {} : { seen: sight }),
        },
        signal,
      ),
    );
    promises.push(promiseOf(spec, facts.template));
  }
  const [only, ...others] = around;
  if (only !== undefined && others.length === 0 && documents.every(({ blockers }) => blockers.length === 0)) {
    const known = numbers.map((number, index) => [specs[index]?.vmid ?? null, number] as const);
    // Of the automatic ones the first: Proxmox was asked about that one.
    noteSeen(host.proxmox, { around: only[1], osTemplate: only[0], numbers: new Map(known.toReversed()), atMs });
  }
  return documents;
}

/** Typed ones are asked about side by side; of the automatic ones the first, and the others are counted on from the list. */
async function readVmids(
  host: Host,
  { specs, facts, guests }: Members & { guests: Surroundings["guests"] },
  signal: AbortSignal,
): Promise<VmidSight[]> {
  const numbers: VmidSight[] = specs.map(() => ({ holder: null, likelyVmid: null }));
  const typed = specs.flatMap(({ vmid }, index) => (vmid === null ? [] : [{ vmid, index }]));
  for (let at = 0; at < typed.length; at += ASKED_AT_ONCE) {
    await Promise.all(
      typed.slice(at, at + ASKED_AT_ONCE).map(async ({ vmid, index }) => {
        numbers[index] = { holder: await holderOf(host, { vmid, held: facts.held, guests }, signal), likelyVmid: null };
      }),
    );
  }
  const held: HeldVmid[] = [
    ...facts.held,
    ...specs.flatMap(({ vmid, hostname }) => (vmid === null ? [] : [{ vmid, hostname }])),
  ];
  const automatic = [...specs.entries()].flatMap(([index, { vmid }]) => (vmid === null ? [index] : []));
  if (automatic.length === 0) return numbers;
  const taken = new Set([...held.map(({ vmid }) => vmid), ...guests.map(({ vmid }) => vmid)]);
  const first = await readVmid(host, { vmid: null, facts: { ...facts, held }, guests }, signal);
  let next = first.likelyVmid;
  for (const index of automatic) {
    numbers[index] = { ...first, likelyVmid: next };
    if (next === null) continue;
    do next += 1;
    while (taken.has(next));
    if (next > facts.range.to) next = null;
  }
  return numbers;
}
