// Automatic VMIDs: reserved one after the other, so that fifty creations at once do not all try for the same.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { isKnownError } from "@homeport/db/known-error";
import { savedNode } from "@homeport/db/saved-node";
import { machineColumns, machineOf } from "@homeport/domain/run/slot-queue";
import { StepFailure, Superseded } from "../../failures";
import type { HeldVmid } from "../../plan-ports";
import type { ReservedBy, VmidPorts } from "../../vmid-ports";
import { readSpan } from "./vmid-span";

type Machine = Parameters<typeof machineOf>[0];

const TRIES = 3;

export function createVmidPorts(db: Db): VmidPorts {
  return {
    vmids: {
      async range(containerId) {
        const container = await db.container.findFirst({
          where: { id: containerId, node: savedNode },
          select: {
            projectId: true,
            createdById: true,
            node: { select: { id: true, userId: true, name: true, vmidFrom: true, vmidTo: true } },
          },
        });
        if (container === null) throw new StepFailure("The node was removed from Homeport.");
        const { projectId, createdById, node } = container;
        return { ...(await readSpan(db, node, { projectId, userId: createdById })), node: node.name };
      },
      held: async (containerId) =>
        (await heldOn(db, await nodeOf(db, containerId), containerId)).map(({ vmid }) => vmid),
      async reserve(by, candidates) {
        for (let tries = 0; tries < TRIES; tries++) {
          try {
            return await db.$transaction((within) => reserveFirst(within, by, candidates));
          } catch (error) {
            // The index container_live_vmid: a person typed that one in the same moment.
            if (!isKnownError(error, "P2002")) throw error;
          }
        }
        return undefined;
      },
      giveBack: (by) => setVmid(db, by, null),
    },
  };
}

/** Two people may have added the same machine: its VMIDs are the same for both. `but`: not that container's. */
export async function heldOn(within: DbOrTransaction, node: Machine, but?: string): Promise<HeldVmid[]> {
  const rows = await within.container.findMany({
    where: {
      node: machineOf(node),
      vmid: { not: null },
      lifecycle: { not: "deleted" },
      ...(but === undefined ? {} : { id: { not: but } }),
    },
    select: { vmid: true, hostname: true },
  });
  return rows.flatMap(({ vmid, hostname }) => (vmid === null ? [] : [{ vmid, hostname }]));
}

async function nodeOf(within: DbOrTransaction, containerId: string): Promise<Machine> {
  const { node } = await within.container.findUniqueOrThrow({
    where: { id: containerId },
    select: { node: { select: machineColumns } },
  });
  return node;
}

async function reserveFirst(
  within: DbOrTransaction,
  by: ReservedBy,
  candidates: readonly number[],
): Promise<number | undefined> {
  const { containerId } = by;
  const node = await nodeOf(within, containerId);
  await within.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`vmid ${JSON.stringify(machineOf(node))}`}, 0))`;
  const taken = new Set((await heldOn(within, node, containerId)).map(({ vmid }) => vmid));
  const vmid = candidates.find((one) => !taken.has(one));
  if (vmid !== undefined) await setVmid(within, by, vmid);
  return vmid;
}

async function setVmid(
  within: DbOrTransaction,
  { containerId, runId, step: name, writer }: ReservedBy,
  vmid: number | null,
): Promise<void> {
  const { count } = await within.container.updateMany({
    where: { id: containerId, runs: { some: { id: runId, steps: { some: { name, writer } } } } },
    data: { vmid },
  });
  if (count === 0) throw new Superseded(`another one does step ${name}, or it has ended`);
}
