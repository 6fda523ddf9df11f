// The reservation of a VMID: a live container row that bears it. The database lets no two have the same (container_live_vmid).
import { isKnownError } from "@homeport/db/known-error";
import { inTime } from "@homeport/records/move-run";
import { type OfTask, recordOf } from "../../record-of";
import { appendPiece } from "../run-log";
import { mayHaveBegun } from "../step-record";
import type { RecordDeps } from "../types";

export type Reservation = { reserved: true } | { reserved: false; holder: string; taken: number[] };

export const vmidRecords = ({ db }: RecordDeps) => ({
  /** Takes `vmid` for the container, instead of the one it had. */
  async reserveVmid({
    containerId,
    vmid,
    ...of
  }: OfTask & { containerId: string; vmid: number }): Promise<Reservation> {
    const { nodeId } = await db.container.findUniqueOrThrow({ where: { id: containerId }, select: { nodeId: true } });
    const by = recordOf(of);
    try {
      // With a worker that slept, the container may have another one since.
      await db.container.update({
        where: {
          id: containerId,
          ...(by?.here && { runs: { none: { executionId: by.executionId, NOT: inTime(by) } } }),
        },
        data: { vmid },
        select: { id: true },
      });
      return { reserved: true };
    } catch (error) {
      if (!isKnownError(error, "P2002")) throw error;
      const live = await db.container.findMany({
        where: { nodeId, vmid: { not: null }, lifecycle: { not: "deleted" }, id: { not: containerId } },
        select: { vmid: true, hostname: true },
      });
      const holder = live.find((one) => one.vmid === vmid)?.hostname ?? "another container";
      return { reserved: false, holder, taken: live.flatMap((one) => (one.vmid === null ? [] : [one.vmid])) };
    }
  },

  /** The row stays for the history; its VMID is free for others from here on. */
  async releaseContainer({ containerId }: { containerId: string }): Promise<void> {
    await db.container.updateMany({
      where: { id: containerId, lifecycle: { not: "deleted" } },
      data: { lifecycle: "deleted", deletedAt: new Date(), address: null },
    });
    await db.containerService.deleteMany({ where: { containerId } });
  },

  mayHaveBegun: (task: { runId: string; step: string; type: string }): Promise<boolean> => mayHaveBegun(db, task),

  /** A line of ours in a step's log, from the workflow. */
  async note({
    runId,
    step,
    attempt,
    text,
  }: {
    runId: string;
    step: string;
    attempt: number;
    text: string;
  }): Promise<void> {
    const row = await db.runStep.findUnique({ where: { runId_name: { runId, name: step } }, select: { id: true } });
    if (row) await appendPiece(db, { runId, stepId: row.id, attempt }, { stream: "homeport", line: `${text}\n` });
  },
});
