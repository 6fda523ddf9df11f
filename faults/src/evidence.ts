// Gathers everything that the history checker judges: rows, histories, the lab's disk and journal, what was asked and answered.
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { firstBrokenEntry } from "@homeport/db/audit-chain";
import { TemplateDefinition } from "@homeport/domain/template/template";
import { containerIdOf, containerOf } from "@homeport/domain/run/run-subject";
import { historyText, openHistory } from "@homeport/temporal/testing/open-history";
import { Client, Connection, WorkflowNotFoundError } from "@temporalio/client";
import { STILL_RUNS, violations, type Allowed, type Evidence, type RunFact } from "./invariants";
import { readGuests, snapshotGuest } from "./lab-state";
import { PASSWORD } from "./people";
import { withClient } from "./servers";
import type { World } from "./world";

/** Throws with every violation, in one line, when there is one. A workflow ends a moment after its row says so, and is given that moment. */
export async function expectInvariants(world: World, allowed: Allowed = {}): Promise<void> {
  const open = [...(allowed.open ?? []), ...world.abandoned];
  for (const deadline = Date.now() + 15_000; ; await sleep(250)) {
    const found = violations(await gather(world), { ...allowed, open }).map(
      ({ invariant, text }) => `${invariant}: ${text}`,
    );
    if (found.length === 0) return;
    if (found.some((text) => !text.includes(STILL_RUNS)) || Date.now() > deadline) throw new Error(found.join(" · "));
  }
}

async function gather(world: World): Promise<Evidence> {
  const labDir = path.join(world.dir, "lab");
  const guests = readGuests(labDir);
  const { runs, histories, workflows } = await readRuns(world);
  const containers = await world.db.container.findMany({
    select: { id: true, nodeId: true, vmid: true, lifecycle: true, hostname: true },
  });
  const logs = await world.db.runLog.findMany({
    select: {
      runId: true,
      attempt: true,
      stream: true,
      byteOffset: true,
      text: true,
      step: { select: { name: true } },
    },
  });
  return {
    operations: world.operations,
    journal: await world.lab.faults.journal(),
    guests,
    strangers: world.strangers.map((one) => ({ ...one, after: snapshotGuest(labDir, one.vmid) })),
    runs,
    containers,
    logs: logs.map(({ step, byteOffset, ...piece }) => ({ ...piece, step: step.name, byteOffset: Number(byteOffset) })),
    auditBroken: (await firstBrokenEntry(world.db))?.id.toString() ?? null,
    workflows,
    texts: [
      ...histories,
      ...(await dumpTables(world.databaseUrl)),
      ...world.operations.map(({ procedure, answer, refusal }) => ({
        where: `the answer of ${procedure}`,
        text: `${JSON.stringify(answer ?? "")} ${refusal ?? ""}`,
      })),
      ...world.workers.map((worker, number) => ({ where: `what worker ${number} printed`, text: worker.printed() })),
      ...[world.database.own?.log, world.temporal.own?.log].flatMap((file) =>
        file === undefined ? [] : [{ where: path.basename(file), text: readFileSync(file, "utf8") }],
      ),
    ],
    secrets: [...world.secrets, PASSWORD, ...guests.flatMap(({ secrets }) => secrets)],
  };
}

async function readRuns(
  world: World,
): Promise<{ runs: RunFact[]; histories: Evidence["texts"]; workflows: Evidence["workflows"] }> {
  const rows = await world.db.run.findMany({ include: { container: { include: { templateRevision: true } } } });
  const connection = await Connection.connect({ address: world.temporalAddress });
  try {
    const client = new Client({ connection });
    const histories: Evidence["texts"] = [];
    const workflows: Evidence["workflows"] = [];
    for (const { id } of rows) {
      const where = `the history of run ${id}`;
      const kept = world.histories.get(id);
      if (kept !== undefined) {
        histories.push({ where, text: kept });
        workflows.push({ id, status: "closed" });
        continue;
      }
      const handle = client.workflow.getHandle(id);
      try {
        const { status } = await handle.describe();
        const text = historyText((await openHistory(await handle.fetchHistory(), world.codec)).json);
        histories.push({ where, text });
        workflows.push({ id, status: status.name === "RUNNING" ? "running" : "closed" });
        if (status.name !== "RUNNING") world.histories.set(id, text);
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        workflows.push({ id, status: "gone" });
      }
    }
    const runs = rows.map(({ id, kind, state, createdAt, ...run }) => ({
      id,
      kind,
      state,
      containerId: containerIdOf(run),
      createdAt: createdAt.getTime(),
      repeatable: TemplateDefinition.parse(containerOf(run).templateRevision.definition)
        .scripts.filter(({ repeatable }) => repeatable)
        .map(({ name }) => `script-${name}`)
        .concat("packages"),
    }));
    return { runs, histories, workflows };
  } finally {
    await connection.close();
  }
}

/** Every table whole, as text. */
async function dumpTables(url: string): Promise<Evidence["texts"]> {
  return withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    const texts: Evidence["texts"] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM "${name}" t`);
      texts.push({ where: `table ${name}`, text: rows.map(({ text }) => text).join("\n") });
    }
    return texts;
  });
}
