// A lease's whole life on a node: warned, shut down at its end, destroyed after its grace period by a fenced run; extended, exempt, lost and found.
import type { LeaseStage } from "@homeport/db/types";
import { StoredMail } from "@homeport/domain/stored/mail";
import { lockLease, setLease } from "@homeport/records/lease-rows";
import { connectProxmox, type Proxmox } from "@homeport/proxmox";
import { Client, Connection } from "@temporalio/client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Branch } from "../testing/branches";
import { cancel } from "../testing/decide";
import { leaseWorkflowId } from "../contract";
import { openFixture, type Fixture, type Started } from "../testing/fixture";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";
import { keepHistory } from "../testing/keep-history";
import { wakeLeases } from "../sweeper";

const HOUR = 3_600_000;
const address = inject("temporalAddress");
let fixture: Fixture;
let worker: TestWorker;
let client: Client;
let proxmox: Proxmox;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, address);
  client = new Client({ connection: await Connection.connect({ address }) });
  const { lab } = fixture;
  proxmox = connectProxmox({
    ...{ host: lab.host, port: lab.port, fingerprint: lab.fingerprint },
    ...{ tokenId: lab.token.id, tokenSecret: lab.token.secret },
  });
  await fixture.db.user.update({ where: { id: fixture.userId }, data: { emailVerifiedAt: new Date() } });
});
afterAll(async () => {
  await worker.stop();
  await client.connection.close();
  await proxmox.close();
  await fixture.close();
});

async function ready(tags: string[] = []) {
  const { db } = fixture;
  const started = await fixture.provision({ tags }, { scripts: [] });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  const { id, vmid, hostname } = await db.container.findUniqueOrThrow({ where: { id: started.containerId } });
  const workflowId = leaseWorkflowId(id);
  const read = () => db.lease.findUniqueOrThrow({ where: { containerId: id } });
  return {
    ...{ id, vmid: vmid ?? 0, workflowId, read },
    /** As a person does. */
    async lend(endsInMs: number, graceHours: number | null = 1) {
      await db.$transaction(async (within) => {
        await lockLease(within, id);
        const [now, endsAt] = [new Date(), new Date(Date.now() + endsInMs)];
        await setLease(within, { containerId: id, endsAt, graceHours, hours: 1, userId: fixture.userId, now });
      });
      await worker.engine.keepLease({ containerId: id, hostname });
    },
    /** As if it had been so long ago. */
    async age(hours: number) {
      const { endsAt, endedAt, setAt, warnedAt } = await read();
      const back = (at: Date) => new Date(at.getTime() - hours * HOUR);
      const past = { endedAt: endedAt && back(endedAt), warnedAt: warnedAt && back(warnedAt) };
      const data = { setAt: back(setAt), endsAt: back(endsAt), ...past };
      await db.lease.update({ where: { containerId: id }, data: { ...data, version: { increment: 1 } } });
      await worker.engine.keepLease({ containerId: id, hostname });
      const isRead = async () => {
        const { version, readVersion } = await read();
        return version === readVersion;
      };
      await expect.poll(isRead).toBe(true);
    },
    stage: (stage: LeaseStage) => expect.poll(async () => (await read()).stage, { timeout: 15_000 }).toBe(stage),
    /** The run that it has begun last, not begun in Temporal yet. */
    async begun() {
      const { runId } = await read();
      const run = await db.run.findUniqueOrThrow({ where: { id: runId ?? "" } });
      expect(run).toMatchObject({ byLease: true, userId: fixture.userId, state: "queued" });
      return { runId: run.id, kind: run.kind, containerId: id, nodeId: run.nodeId };
    },
    async plays(started: Started, state: "done" | "awaiting_decision" = "done") {
      await worker.engine.startRun(started);
      return fixture.until(started.runId, state);
    },
    async cancels({ runId }: Started) {
      await cancel(fixture, worker.engine, runId);
      await fixture.until(runId, "cancelled");
    },
    status: async () => (await proxmox.listLxc("pve")).find((guest) => guest.vmid === vmid)?.status,
    mails: async () =>
      (await db.mail.findMany({ orderBy: { id: "asc" } }))
        .map(({ id: row, content }) =>
          StoredMail.parse(JSON.parse(fixture.vault.open({ table: "Mail", row, column: "content" }, content ?? ""))),
        )
        .filter((mail) => "path" in mail && mail.path.endsWith(id))
        .map(({ kind }) => kind),
    keep: (name: Branch) => keepHistory(name, workflowId, { address, codec: fixture.codec }),
  };
}

type Lent = Awaited<ReturnType<typeof ready>>;

/** Lent, over, shut down, and seen stopped. */
async function over(graceHours: number | null = 48): Promise<Lent> {
  const lent = await ready();
  await lent.lend(1_000, graceHours);
  await lent.stage("ending");
  await lent.plays(await lent.begun());
  await lent.age(0);
  await lent.stage("ended");
  return lent;
}

test("shut down at its end, kept for its grace period, then destroyed by a fenced run: with a mail before each, an event and an entry for both", async () => {
  const lent = await ready();
  await lent.lend(48 * HOUR, 48);
  await expect.poll(async () => (await lent.read()).readVersion).toBe(1);
  expect(await lent.mails()).toEqual([]);
  await lent.age(30);
  await expect.poll(lent.mails).toEqual(["lease_ends"]);
  await lent.age(18);
  await lent.stage("ending");
  const shutdown = await lent.begun();
  // However long it waits for its node: the grace period has not begun.
  await lent.age(500);
  await expect.poll(async () => (await lent.read()).readVersion).toBe(4);
  expect(await lent.read()).toMatchObject({ stage: "ending", endedAt: null });
  expect((await lent.plays(shutdown)).kind).toBe("shutdown");
  expect(await lent.status()).toBe("stopped");
  await lent.age(0);
  await lent.stage("ended");

  await lent.age(30);
  await expect.poll(lent.mails).toEqual(["lease_ends", "lease_ended", "lease_destroys"]);
  expect((await lent.read()).stage).toBe("ended");
  await lent.age(24);
  await lent.stage("destroying");
  await lent.plays(await lent.begun());
  expect(await lent.status()).toBeUndefined();
  const events = await fixture.db.containerEvent.findMany({
    where: { containerId: lent.id, type: { startsWith: "lease." } },
  });
  expect(events.map(({ type }) => type)).toEqual(["lease.ended", "lease.destroys"]);
  const entries = await fixture.db.auditLog.findMany({ where: { targetId: lent.id }, orderBy: { id: "asc" } });
  expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
    ["container.lease_end", null],
    ["container.lease_destroy", null],
  ]);
  // It went with its container: one that comes back is not lent.
  expect(await fixture.db.lease.count({ where: { containerId: lent.id } })).toBe(0);
  await expect
    .poll(async () => (await client.workflow.getHandle(lent.workflowId).describe()).status.name)
    .toBe("COMPLETED");
  await lent.keep("lease-destroyed");
});

test("extended while it sleeps, it reads that, and nothing is stopped; extended in its grace period, nothing is destroyed", async () => {
  const lent = await ready();
  await lent.lend(2_000);
  await lent.lend(24 * HOUR);
  await expect.poll(async () => (await lent.read()).readVersion).toBe(2);
  const { nextAt, endsAt } = await lent.read();
  expect(nextAt).toEqual(endsAt);
  await lent.keep("lease-extended");
  // Past the first end.
  await expect.poll(() => Date.now() > Number(endsAt) - 24 * HOUR + 4_000).toBe(true);
  expect(await lent.read()).toMatchObject({ stage: "lent", runId: null });
  const late = await over();
  await late.lend(24 * HOUR);
  await expect.poll(async () => (await late.read()).readVersion).toBe(3);
  expect(await late.read()).toMatchObject({ stage: "lent", runId: null });
  expect(await late.status()).toBe("stopped");
});

test("extended while its shutdown waits for a slot: that run leaves it running", async () => {
  const lent = await ready();
  await lent.lend(1_000);
  await lent.stage("ending");
  const shutdown = await lent.begun();
  await lent.lend(24 * HOUR);
  const run = await lent.plays(shutdown, "awaiting_decision");
  expect(run.error).toContain("was extended or taken away: it is left alone");
  await lent.cancels(shutdown);
  expect(await lent.status()).toBe("running");
});

test("the tag keeps it: typed when it was made it is never touched; put on at the node while its run waits, that run leaves it alone", async () => {
  const typed = await ready(["keep"]);
  await typed.lend(1_000);
  await expect.poll(async () => (await typed.read()).nextAt?.getTime()).toBeGreaterThan(Date.now() + HOUR / 4);
  expect(await typed.read()).toMatchObject({ stage: "lent", runId: null });

  const lent = await ready();
  await lent.lend(1_000);
  await lent.stage("ending");
  const shutdown = await lent.begun();
  await proxmox.setLxcConfig("pve", lent.vmid, { tags: "other;keep" });
  const run = await lent.plays(shutdown, "awaiting_decision");
  expect(run.error).toContain(`CT ${lent.vmid} on node lab carries the tag keep: its lease leaves it alone.`);
  await lent.cancels(shutdown);
  expect(await lent.status()).toBe("running");
  // A person's own run is not held by it.
  const stop = await fixture.operate(lent.id, "stop");
  await worker.engine.startRun(stop);
  await fixture.until(stop.runId, "done");
});

test("started in its grace period it is shut down again, and the period begins anew; started while the run that destroys it waits, it is not destroyed", async () => {
  const start = async (lent: Lent): Promise<void> => {
    const upid = await proxmox.startLxc("pve", lent.vmid);
    await expect.poll(async () => (await proxmox.taskStatus(upid)).status).toBe("stopped");
  };
  const again = await over();
  await again.age(40);
  await start(again);
  await fixture.db.guestObservation.updateMany({ where: { vmid: again.vmid }, data: { status: "running" } });
  await again.age(0);
  await again.stage("ending");
  expect((await again.read()).endedAt).toBeNull();
  await again.plays(await again.begun());
  await again.age(0);
  await again.stage("ended");
  expect(Date.now() - Number((await again.read()).endedAt)).toBeLessThan(60_000);

  const lent = await over();
  await lent.age(30);
  await expect.poll(async () => (await lent.read()).warnedAt).not.toBeNull();
  await lent.age(24);
  await lent.stage("destroying");
  const destroy = await lent.begun();
  await start(lent);
  const run = await lent.plays(destroy, "awaiting_decision");
  expect(run.error).toContain("somebody has started it since its lease shut it down. It is not destroyed.");
  await lent.cancels(destroy);
  expect(await lent.status()).toBe("running");
});

test("without a worker at its end, with its workflow ended by hand, and never told of: it is found, warned of, and nothing is destroyed before its time", async () => {
  const { db } = fixture;
  const lent = await over();
  await client.workflow.getHandle(lent.workflowId).terminate();
  const longAgo = new Date(Date.now() - 1_000 * HOUR);
  await db.lease.update({ where: { containerId: lent.id }, data: { endedAt: longAgo, nextAt: longAgo } });
  await worker.stop();
  worker = await startTestWorker(fixture, address);
  const woken: string[] = [];
  const { engine } = worker;
  const noting = {
    ...engine,
    keepLease: (one: { containerId: string; hostname: string }) => (woken.push(one.containerId), engine.keepLease(one)),
  };
  const memory = new Map<string, number>();
  await wakeLeases({ db, engine: noting }, memory);
  await wakeLeases({ db, engine: noting }, memory);
  expect(woken).toEqual([lent.id]);
  await expect.poll(async () => (await lent.read()).warnedAt).not.toBeNull();
  const { stage, nextAt } = await lent.read();
  expect(stage).toBe("ended");
  expect(Number(nextAt)).toBeGreaterThan(Date.now());
  await wakeLeases({ db, engine: noting }, new Map());
  expect(woken).toEqual([lent.id]);
});

test("its mails go to who made it and who lent it, as long as they see it, ten an hour; else to who runs the organization", async () => {
  const { db, userId } = fixture;
  const { organizationId } = await db.organizationMember.findFirstOrThrow({ where: { user: { id: userId } } });
  const since = new Date();
  const sent = async () =>
    (await db.mail.findMany({ where: { createdAt: { gte: since } }, select: { to: true } })).map(({ to }) => to);
  const { email: boss } = await db.user.create({
    data: { email: "boss@example.com", name: "Boss", passwordHash: "-", emailVerifiedAt: new Date() },
  });
  await db.organizationMember.create({
    data: { organization: { connect: { id: organizationId } }, role: "ADMIN", user: { connect: { email: boss } } },
  });
  await db.mail.deleteMany();
  const { email: ada } = await db.user.findUniqueOrThrow({ where: { id: userId } });
  await over();
  expect(await sent()).toEqual([ada]);
  await db.user.update({ where: { id: userId }, data: { emailVerifiedAt: null } });
  try {
    await over();
    expect(await sent()).toEqual([ada, boss]);
    const [mail] = await db.mail.findMany({ where: { to: boss } });
    if (mail === undefined) throw new Error("there is no mail");
    const { id: _, ...same } = mail;
    await db.mail.createMany({ data: Array.from({ length: 9 }, () => same) });
    await over();
    expect((await sent()).length).toBe(11);
  } finally {
    await db.user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } });
  }
});
