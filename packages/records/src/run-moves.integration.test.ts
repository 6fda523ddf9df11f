import { randomUUID } from "node:crypto";
import { addPerson } from "@homeport/testing/people";
import { offerTemplate } from "@homeport/testing/templates";
import { type Db, Prisma } from "@homeport/db/client";
import { type TestDatabase, testDatabase } from "@homeport/db/testing";
import type { RunState } from "@homeport/db/types";
import { isActive, RunTransitions, type RunEvent } from "@homeport/domain/run/run-state";
import { engineFailing, type WaitingFor } from "@homeport/domain/run/waiting";
import { containerIdOf } from "@homeport/domain/run/run-subject";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRun } from "./create-run";
import {
  advanceRun,
  awaitDecision,
  closeRun,
  grantSlot,
  goOnAtStep,
  openRun,
  pauseRun,
  undoRun,
  waitAtStep,
} from "./run-moves";
import { showPlaces } from "./run-places";
import { giveUpRun, keepQueued, loseWorkflow, markStuck, markUnstuck } from "./run-troubles";

let database: TestDatabase;
let db: Db;
let runId: string;

beforeAll(async () => {
  database = await testDatabase();
  ({ db } = database);
  runId = await makeRun();
});
afterAll(() => database.close());

const slot = { on: "slot", node: "pve", pool: "task", position: 2, limit: 4 } as const;
const states = Object.keys(RunTransitions) as RunState[];

/** Every function that changes a state, by the event that it stands for. */
const by = undefined;
const writers: readonly (readonly [RunEvent, () => Promise<unknown>])[] = [
  ["open", () => openRun(db, { runId, by: { executionId: randomUUID(), task: 3, here: true } })],
  ["advance", () => advanceRun(db, { runId, by })],
  ["pause", () => pauseRun(db, { runId, by, pausedBy: "Ada" })],
  ["failStep", () => awaitDecision(db, { runId, by, error: "it did not start" })],
  ["undo", () => undoRun(db, { runId, by })],
  ["loseWorkflow", () => loseWorkflow(db, runId)],
  ["close", () => closeRun(db, { runId, by, state: "done", error: null })],
  ["close", () => closeRun(db, { runId, by, state: "cancelled" })],
  ["giveUp", () => giveUpRun(db, { runId, why: "given_up", now: new Date() })],
  ["wait", () => waitAtStep(db, { runId, reason: { on: "database" }, undoing: false })],
  ["goOn", () => goOnAtStep(db, runId)],
  ["queueForSlot", () => showPlaces(db, [{ runId, waitingFor: slot }])],
  ["getSlot", () => grantSlot(db, { runId, undoing: false })],
  ["getStuck", () => markStuck(db, runId, { unfitting: true })],
  ["getUnstuck", () => markUnstuck(db, runId)],
  ["stayQueued", () => keepQueued(db, [runId])],
];

test("every event of the table has its writer", () => {
  const events = new Set(states.flatMap((state) => Object.keys(RunTransitions[state])));
  expect([...new Set(writers.map(([event]) => event))].sort()).toEqual([...events].sort());
});

test.each(writers)("%s moves a run from each state as the table says", async (event, write) => {
  for (const state of states) {
    await put(state, event === "getUnstuck" ? engineFailing : null);
    const before = await read();
    await write().catch((error: unknown) => expect(error).toMatchObject({ code: "P2025" }));
    const after = await read();
    const allowed: readonly RunState[] | undefined = Object.entries(RunTransitions[state]).find(
      ([name]) => name === event,
    )?.[1];
    if (allowed === undefined) expect(after).toEqual(before);
    else {
      expect(allowed).toContain(after.state);
      expect(after.version).toBeGreaterThan(before.version);
    }
    if (!isActive(state)) expect(after.state).toBe(state);
  }
});

test("a run that is given up takes with it what was under way, and its container can be deleted", async () => {
  await put("running");
  const containerId = containerIdOf(await db.run.findUniqueOrThrow({ where: { id: runId } }));
  const step = await db.runStep.update({ where: { runId_name: { runId, name: "stop" } }, data: { state: "running" } });
  await db.runAttempt.create({ data: { runId, stepId: step.id, attempt: 1 } });
  await db.container.update({ where: { id: containerId }, data: { lifecycle: "deleting" } });
  const now = new Date();
  expect(await giveUpRun(db, { runId, why: "ended_outside", now })).toBe(true);
  expect(await giveUpRun(db, { runId, why: "given_up", now })).toBe(false);
  const run = await db.run.findUniqueOrThrow({
    where: { id: runId },
    include: { steps: true, attempts: true, container: true },
  });
  expect(run).toMatchObject({
    state: "failed",
    waitingFor: null,
    endedAt: now,
    error: "The run was ended from outside Homeport. Destroy the container to clear away what it made.",
    steps: [{ state: "failed", endedAt: now }],
    attempts: [{ state: "failed", endedAt: now, detail: { is: "not_ended" } }],
    container: { lifecycle: "failed" },
  });
});

const read = () => db.run.findUniqueOrThrow({ where: { id: runId } });

const put = (state: RunState, waitingFor: WaitingFor | null = null) =>
  db.run.update({
    where: { id: runId },
    data: { state, waitingFor: waitingFor ?? Prisma.DbNull, endedAt: isActive(state) ? null : new Date(), version: 0 },
  });

async function makeRun(): Promise<string> {
  const id = randomUUID();
  const { userId, projectId } = await addPerson(db, "Ada");
  const { id: nodeId } = await db.proxmoxNode.create({
    data: { userId, name: "pve", host: "h", tokenId: "t", tokenSecret: "s" },
  });
  const { templateRevisionId } = await offerTemplate(db);
  const { id: containerId } = await db.container.create({
    data: {
      projectId,
      nodeId,
      templateRevisionId,
      createdById: userId,
      hostname: "web-1",
      spec: {},
    },
  });
  await createRun(db, {
    id,
    kind: "stop",
    workflowId: `stop-web-1-${id}`,
    subject: { type: "container", id: containerId },
    projectId,
    nodeId,
    userId,
    requestKey: id,
    steps: [{ name: "stop", title: "Stop" }],
  });
  return id;
}
