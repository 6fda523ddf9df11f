// Compares the rows of runs, probes and containers with the workflows that are to work on them.
import type { Db } from "@homeport/db/client";
import { watchedNode } from "@homeport/db/saved-node";
import { ActiveRunStates, isActive } from "@homeport/domain/run/run-state";
import { checkWorkflowId } from "@homeport/domain/run/workflow-id";
import { containerIdOf } from "@homeport/domain/run/run-subject";
import { recordEvent } from "@homeport/records/record-event";
import { z } from "zod";
import type { OpenWorkflow, WorkflowsView } from "../../workflows-view";
import type { Suspect } from "../reconcile-ports";
import { type FoundOf, keepFound, settled, recordMended } from "./orphans";

export interface ReconcileDeps {
  db: Db;
  /** Nodes that are compared side by side; a round takes one page after the other. */
  page?: number;
  workflows: WorkflowsView;
}

interface Round extends ReconcileDeps {
  suspects: readonly Suspect[];
  now: Date;
}

const Uuid = z.uuid();
/** A run's end and its workflow's are moments apart, as are a probe's. */
const APART_MS = 5_000;
/** A container that is being made or deleted has a run that does it; the rows of both change together. */
const UNOWNED_MS = 60_000;

const NODES_AT_ONCE = 100;

export const reconcileRecords = (deps: ReconcileDeps) => ({
  /** The same that are watched, in the order of their ids. `after`: where the page before ended. `next`: there may be more behind it. */
  async nodesToReconcile({ after }: { after?: string }): Promise<{ nodeIds: string[]; next?: string }> {
    const take = deps.page ?? NODES_AT_ONCE;
    const nodes = await deps.db.proxmoxNode.findMany({
      where: { AND: [watchedNode, after === undefined ? {} : { id: { gt: after } }] },
      select: { id: true },
      orderBy: { id: "asc" },
      take,
    });
    const nodeIds = nodes.map(({ id }) => id);
    const next = nodeIds.length < take ? undefined : nodeIds.at(-1);
    return { nodeIds, ...(next === undefined ? {} : { next }) };
  },

  async reconcileRuns({ suspects }: { suspects: Suspect[] }): Promise<{ suspects: Suspect[] }> {
    const round: Round = { ...deps, suspects, now: new Date() };
    const left = [...(await compareWorkflows(round)), ...(await compareProbes(round))];
    await closeSettledRuns(round);
    await mendContainers(round);
    return { suspects: left };
  },
});

/** Open workflows: one whose run has ended here is ended, as the fence lets it do nothing any more; one without a row is a person's to settle. */
async function compareWorkflows(round: Round): Promise<Suspect[]> {
  const { db, workflows, suspects, now } = round;
  const open = await workflows.openRuns();
  const ids = open.map(({ workflowId }) => workflowId);
  const ofRows = {
    OR: [{ workflowId: { in: ids } }, { workflowId: null, id: { in: ids.filter((id) => Uuid.safeParse(id).success) } }],
  };
  const runs = new Map(
    (
      await db.run.findMany({
        where: ofRows,
        select: {
          id: true,
          workflowId: true,
          state: true,
          kind: true,
          nodeId: true,
          containerId: true,
          node: { select: { userId: true } },
        },
      })
    ).map((run) => [run.workflowId ?? run.id, run]),
  );
  const unknown: FoundOf[] = [];
  const left: Suspect[] = [];
  for (const workflow of open) {
    const { workflowId, type } = workflow;
    const run = runs.get(workflowId);
    const subject = `workflow:${workflowId}`;
    if (run === undefined) {
      const userId = await ownerOf(db, workflow);
      if (userId !== undefined)
        unknown.push({ kind: "workflow_without_row", subject, userId, facts: { workflowType: type } });
      continue;
    }
    if (isActive(run.state)) continue;
    const suspect = seenBefore(round, `ended:${workflowId}`);
    if (!suspect.ripe) left.push(suspect.again);
    else if (await workflows.isOpen(workflowId)) {
      await workflows.end(workflowId, "Its run had ended in Homeport.");
      const { id: runId, nodeId, kind, state, node } = run;
      await recordMended(
        db,
        {
          kind: "workflow_without_row",
          subject,
          userId: node.userId,
          nodeId,
          containerId: containerIdOf(run),
          runId,
          facts: { workflowType: type, run: { kind, state } },
        },
        { resolution: "workflow_ended_by_itself", now },
      );
    }
  }
  return [
    ...left,
    ...(await keepFound(db, { scope: { kind: "workflow_without_row" }, found: unknown, suspects, now })),
  ];
}

/** Whose it was, by what the workflow says; else of whoever was here first. */
async function ownerOf(db: Db, { user }: OpenWorkflow): Promise<string | undefined> {
  const named = user === null ? null : await db.user.findFirst({ where: { email: user }, select: { id: true } });
  return (named ?? (await db.user.findFirst({ orderBy: { createdAt: "asc" }, select: { id: true } })))?.id;
}

/** "Checking" with nobody who checks: it may be asked for again. */
async function compareProbes(round: Round): Promise<Suspect[]> {
  const { db, workflows } = round;
  const left: Suspect[] = [];
  for (const { id, name } of await db.proxmoxNode.findMany({
    where: { probing: true },
    select: { id: true, name: true },
  })) {
    if (await workflows.isOpen(checkWorkflowId({ id, name }))) continue;
    const suspect = seenBefore(round, `probe:${id}`);
    if (!suspect.ripe) left.push(suspect.again);
    else await db.proxmoxNode.updateMany({ where: { id, probing: true }, data: { probing: false } });
  }
  return left;
}

/** Remembered like a suspect, though it never becomes a row. */
function seenBefore({ suspects, now }: Round, subject: string): { ripe: boolean; again: Suspect } {
  const sinceMs = suspects.find((one) => one.subject === subject)?.sinceMs ?? now.getTime();
  return { ripe: now.getTime() - sinceMs >= APART_MS, again: { subject, kind: "workflow_without_row", sinceMs } };
}

/** A run that somebody works on again, or that has ended, is settled. */
async function closeSettledRuns({ db, workflows, now }: Round): Promise<void> {
  const reported = await db.orphan.findMany({
    where: { kind: "run_without_workflow", state: { in: ["open", "ignored"] } },
    select: { id: true, runId: true },
  });
  for (const { id, runId } of reported) {
    const run =
      runId === null
        ? null
        : await db.run.findUnique({ where: { id: runId }, select: { state: true, workflowId: true } });
    if (run !== null && runId !== null && isActive(run.state) && !(await workflows.isOpen(run.workflowId ?? runId)))
      continue;
    await db.orphan.updateMany({
      where: { id, state: { in: ["open", "ignored"] } },
      data: settled("went_away", now),
    });
  }
}

/** Being made, or deleted, by nobody: it failed, and can be deleted by a person. */
async function mendContainers({ db, now }: Round): Promise<void> {
  const before = new Date(now.getTime() - UNOWNED_MS);
  const unowned = {
    lifecycle: { in: ["creating" as const, "deleting" as const] },
    updatedAt: { lt: before },
    runs: { none: { state: { in: [...ActiveRunStates] } } },
  };
  for (const { id } of await db.container.findMany({ where: unowned, select: { id: true } })) {
    await db.$transaction(async (transaction) => {
      const { count } = await transaction.container.updateMany({
        where: { id, ...unowned },
        data: { lifecycle: "failed" },
      });
      if (count > 0) await recordEvent(transaction, id, { type: "container.failed" });
    });
  }
}
