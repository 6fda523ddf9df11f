// Faults 31, 33, 38, 40, 41: clocks that jump, a full disk, a node that hangs, keys that are wrong, an audit log that was changed.
import { randomBytes, randomUUID } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, statfsSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createHeadSigner, headFile } from "@homeport/db/audit-heads";
import { Prisma } from "@homeport/db/client";
import { readKeys } from "@homeport/db/sealing";
import { checkAuditLog } from "@homeport/temporal/activities/records/housekeeping/audit-check";
import { housekeepingWorkflowId } from "@homeport/temporal/contract";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectInvariants } from "./src/evidence";
import { openProxy } from "@homeport/testing/proxy";
import { create, offerTemplate, operate, posts, runIs, scriptRuns, slowScript } from "./src/scenario";
import { recover } from "./src/recover";
import { withClient } from "./src/servers";
import { until } from "@homeport/testing/until";
import { openWorld, type World } from "./src/world";

describe("on shared servers", () => {
  let world: World;
  let template: string;
  beforeAll(async () => {
    world = await openWorld();
    template = await offerTemplate(world);
    await world.plantStranger(7_000, { running: true });
  }, 600_000);
  afterEach((context) => recover(world, context));
  afterAll(() => world.close());

  test.each([3_600_000, -3_600_000])(
    "31 · a worker whose clock is %i ms off: no double, nothing lost, people stay signed in",
    async (offsetMs) => {
      await world.workers.findLast((worker) => worker.alive())?.stop();
      await world.startWorker({
        NODE_OPTIONS: `--import=${path.join(import.meta.dirname, "src/jumped-clock.mjs")}`,
        HOMEPORT_TEST_CLOCK_OFFSET_MS: String(offsetMs),
      });
      await world.lab.faults.loseReply({ method: "POST", path: "/lxc" });
      const { runId, containerId } = await create(world, template);
      await runIs(world, runId, "done");
      expect(await posts(world, { containerId })).toBe(1);
      expect(await world.ada.ask("auth.me", {}, (caller) => caller.auth.me())).toMatchObject({ name: "Ada" });
      await world.workers.findLast((worker) => worker.alive())?.stop();
      await world.startWorker();
      await expectInvariants(world);
    },
  );

  test("38 · one of twenty nodes hangs: the list answers at once, nineteen are fresh and one says that it is not", async () => {
    const hung = await openProxy("a node that hangs", { port: world.lab.port });
    hung.blackHole();
    const node = await world.db.proxmoxNode.findUniqueOrThrow({ where: { id: world.nodeId } });
    const ids = Array.from({ length: 19 }, () => randomUUID());
    for (const [index, id] of ids.entries()) {
      const { id: _id, ...row } = node;
      await world.db.proxmoxNode.create({
        data: {
          ...row,
          id,
          name: `node-${index}`,
          isDefault: false,
          port: index === 0 ? hung.port : node.port,
          inventory: node.inventory ?? {},
          report: node.report ?? {},
          seenCertificate: node.seenCertificate ?? {},
          stateReason: Prisma.DbNull,
          tokenSecret: world.vault.seal(
            { table: "ProxmoxNode", row: id, column: "tokenSecret" },
            world.lab.token.secret,
          ),
          sshPassword: world.vault.seal(
            { table: "ProxmoxNode", row: id, column: "sshPassword" },
            world.lab.ssh.password,
          ),
        },
      });
    }
    const list = () => world.ada.ask("nodes.list", {}, (caller) => caller.nodes.list());
    const nodes = await until("nineteen are fresh and one is told as unreachable", async () => {
      const now = await list();
      return (
        now.filter(({ observation }) => observation !== null).length >= 19 &&
        now.some(({ state }) => state === "unreachable") &&
        now
      );
    });
    expect(nodes).toHaveLength(20);
    expect(nodes.find(({ id }) => id === ids[0])).toMatchObject({ state: "unreachable", observation: null });
    await world.db.proxmoxNode.deleteMany({ where: { id: { in: ids } } });
    await hung.close();
    await expectInvariants(world);
  });

  test("40 · without its keys, or with others, a worker refuses to start, says which file and why, and does nothing on the node; with them it goes on", async () => {
    await world.workers.findLast((worker) => worker.alive())?.stop();
    await expect(world.startWorker({ HOMEPORT_KEY_FILE: path.join(world.dir, "no-such-file.json") })).rejects.toThrow(
      /"event":"refused","reason":"The file of the sealing keys, [^"]*no-such-file.json, is not there\..*backup/,
    );
    const otherKeys = path.join(world.dir, "other-keys.json");
    await writeFile(otherKeys, JSON.stringify({ current: "k1", keys: { k1: randomBytes(32).toString("base64") } }), {
      mode: 0o600,
    });
    const before = (await world.lab.faults.journal()).length;
    const { runId, containerId } = await create(world, template);
    await expect(world.startWorker({ HOMEPORT_KEY_FILE: otherKeys })).rejects.toThrow(
      /"event":"refused","reason":"The sealing keys in [^"]*other-keys.json are not those.*backup/,
    );
    expect((await world.lab.faults.journal()).length).toBe(before);
    await world.startWorker();
    await runIs(world, runId, "done");
    expect(await posts(world, { containerId })).toBe(1);
    await expectInvariants(world);
  });

  test("41 · a row of the audit log changed behind its triggers: the worker names the first bad row, on the Activity page and in its log", async () => {
    const integrity = () => world.ada.ask("activity.integrity", {}, (caller) => caller.activity.integrity());
    await until("the log was verified", async () => (await integrity())?.broken === null);
    const victim = await world.db.auditLog.findFirstOrThrow({
      where: { actorId: world.ada.id },
      orderBy: { id: "asc" },
    });
    const tamper = (action: string): Promise<unknown> =>
      withClient(world.databaseUrl, async (client) => {
        await client.query("SET session_replication_role = replica");
        await client.query('UPDATE "AuditLog" SET "action" = $1 WHERE "id" = $2', [action, String(victim.id)]);
      });
    await tamper("nothing.happened");
    // As on the next day, when the whole log is read again. The housekeeping that is lost begins anew, with a round.
    await world.workers.findLast((one) => one.alive())?.stop();
    await world.engine.endWorkflow(housekeepingWorkflowId(world.taskQueue));
    await world.db.auditCheck.updateMany({ data: { wholeAt: new Date(0) } });
    const worker = await world.startWorker();
    const broken = await until("the change is told", async () => (await integrity())?.broken ?? false);
    expect(broken).toEqual({ kind: "entry", id: String(victim.id), createdAt: victim.createdAt });
    expect(worker.printed()).toContain(
      `"event":"audit-log-broken","level":"error","what":"entry","entry":"${victim.id}"`,
    );
    await expectInvariants(world, { brokenAudit: true });
    await tamper(victim.action);
    const heads = {
      signer: createHeadSigner(readKeys(path.join(world.dir, "sealing.json"))),
      memory: headFile(path.join(world.dir, "audit-head.json")),
      days: 0,
    };
    expect(heads.memory.read()).not.toBeNull(); // written by the worker
    await checkAuditLog({ db: world.db, heads, now: new Date(), log: () => undefined });
    expect(await integrity()).toMatchObject({ broken: null });
    await expectInvariants(world);
  });
});

const noRoot =
  process.getuid?.() === 0 && process.platform === "linux" ? undefined : "a small disk needs root on Linux";

describe.skipIf(noRoot)("on a small disk", () => {
  let world: World;
  let disk: string;
  beforeAll(async () => {
    disk = await mkdtemp(path.join(tmpdir(), "homeport-test-disk-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=260m,mode=0755", "tmpfs", disk]);
    world = await openWorld({ ownPostgres: true, postgresDir: path.join(disk, "postgres") });
    await world.plantStranger(7_000);
  }, 600_000);
  afterEach((context) => recover(world, context));
  afterAll(async () => {
    await world.close();
    execFileSync("umount", ["-l", disk]);
    await rm(disk, { recursive: true, force: true });
  });

  test("33 · PostgreSQL's disk is full: new work is refused, work under way waits, nothing is damaged, and with space it goes on", async () => {
    const template = await offerTemplate(world, { packages: [], scripts: [slowScript("long", 20)] });
    const before = await create(world, template);
    await scriptRuns(world, before.runId, "long");
    const filler = path.join(disk, "filler");
    fill(filler, disk);
    await until("a click is refused", () =>
      create(world, template).then(
        () => {
          fill(filler, disk);
          return false;
        },
        () => true,
      ),
    );
    await rm(filler, { recursive: true });
    const after = await until("a click is taken again", async () => {
      await world.database.own?.ensure(); // it may have stopped itself: its WAL could not grow
      return create(world, template).catch(() => undefined);
    });
    for (const { runId } of [before, after]) await runIs(world, runId, "done");
    const stop = await operate(world.ada, "stop", after.containerId);
    await runIs(world, stop.runId, "done");
    await withClient(world.databaseUrl, (client) => client.query('SELECT count(*) FROM "RunLog"'));
    await expectInvariants(world);
  });
});

/** Takes all that is free, in files of a megabyte. */
function fill(folder: string, disk: string): void {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; statfsSync(disk).bavail > 0 && file < 400; file += 1) {
    try {
      writeFileSync(path.join(folder, `${Date.now()}-${file}`), Buffer.alloc(1024 ** 2));
    } catch {
      return;
    }
  }
}
