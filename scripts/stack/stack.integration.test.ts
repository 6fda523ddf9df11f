// What a person may do to a running Homeport, and what must be true afterwards.
import { Connection } from "@temporalio/client";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { createDb } from "../../prisma/src/client";
import { migrate } from "../../prisma/src/migrate";
import { takeLauncherLock } from "./launcher-lock";
import { homeAt, ROOT, type Home } from "./paths";
import {
  endRecorded,
  isAlive,
  processLedger,
  readJson,
  recordOf,
  writeAtomically,
  type ProcessRecord,
} from "./processes";
import { startStack, type Stack, type StackInfo } from "./stack";
import { findTemporal } from "./temporal-binary";
import { claimTemporaryHome } from "../test/temporary-home";

const temporal = await findTemporal();
const needsTemporal = test.skipIf(!temporal);
let home: Home;
let stack: Stack | undefined;
let reported: string[];

beforeEach(() => {
  home = homeAt(mkdtempSync(path.join(tmpdir(), "homeport-test-stack-")));
  claimTemporaryHome(home.dir);
  reported = [];
});
afterEach(async () => {
  await stack?.stop();
  await endRecorded(processLedger(home.pids));
  rmSync(home.dir, { recursive: true, maxRetries: 5 });
});

needsTemporal(
  "a launcher killed with -9 leaves nothing that blocks the next start, and the data is there",
  async () => {
    const launcher = await killedLauncher();
    const orphans = processLedger(home.pids).all();
    expect(orphans.map(([name]) => name).sort()).toEqual(["postgres", "temporal"]);
    expect(orphans.every(([, record]) => isAlive(record))).toBe(true);

    const info = await start();

    expect(orphans.some(([, record]) => isAlive(record))).toBe(false);
    const newestFirst = orphans.map(([name]) => name).reverse();
    expect(reported).toContain(`The last launcher was killed: ended what it left (${newestFirst.join(", ")}).`);
    expect(info).toMatchObject({ databaseUrl: launcher.databaseUrl, temporalAddress: launcher.temporalAddress });
    await withDb(info, async (db) => {
      expect(await db.user.count({ where: { email: "kept@homeport.local" } })).toBe(1);
    });
  },
);

needsTemporal("a part that is killed comes back at the same address, and its new pid is in pids.json", async () => {
  const info = await start();
  for (const name of ["postgres", "temporal"]) {
    const before = pidOf(name);
    process.kill(before.pid, "SIGKILL");

    await until(() => pidOf(name).pid !== before.pid && reported.includes(`${name} runs again.`));
  }

  await withDb(info, async (db) => {
    expect(await db.user.count({ where: { email: "demo@homeport.local" } })).toBe(1);
  });
  const connection = await Connection.connect({ address: info.temporalAddress });
  await connection.close();
});

needsTemporal("stopping ends everything it started and nothing else, and keeps secrets to ourselves", async () => {
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await start();
  const ours = processLedger(home.pids).all();
  writeAtomically(home.pids, {
    ...readJson<Record<string, ProcessRecord>>(home.pids),
    old: { pid: stranger.pid, started: "recycled/1" },
  });

  await stack?.stop();

  expect(ours.filter(([, record]) => isAlive(record))).toEqual([]);
  expect(isAlive(recordOf(stranger.pid ?? 0))).toBe(true);
  stranger.kill("SIGKILL");
  expect(processLedger(home.pids).all()).toEqual([]);
  const secret = [
    home.demo,
    home.sealingKeys,
    path.join(home.postgres, "password"),
    ...readdirSync(path.join(home.dir, "logs")).map((name) => path.join(home.dir, "logs", name)),
  ];
  for (const file of secret) expect(statSync(file).mode & 0o077, file).toBe(0);
});

needsTemporal("stopping while it starts leaves nothing running", async () => {
  stack = startStack(options());
  await until(() => processLedger(home.pids).all().length > 0);

  await stack.stop();

  await expect(stack.ready).rejects.toThrow();
  expect(processLedger(home.pids).all()).toEqual([]);
});

test("a second start while one runs says so; a dead launcher's lock is taken over", () => {
  const lock = takeLauncherLock(home.lock);
  lock.announce("http://127.0.0.1:3000");
  expect(() => takeLauncherLock(home.lock)).toThrow(`process ${process.pid}): http://127.0.0.1:3000`);
  lock.release();
  writeAtomically(home.lock, { pid: process.pid, started: "an-earlier-boot/1" });

  takeLauncherLock(home.lock).release();
});

test("a server that does not answer is named, without its password", async () => {
  stack = startStack({ ...options(), databaseUrl: "postgresql://me:hunter2@127.0.0.1:1/lab" });

  const failure = await stack.ready.catch((error: unknown) => String(error));

  expect(failure).toContain("No PostgreSQL answers at me@127.0.0.1:1/lab (DATABASE_URL)");
  expect(failure).not.toContain("hunter2");
});

test("a database that a newer version used is refused before anything works with it", async () => {
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/newer_${path.basename(home.dir).replaceAll("-", "_")}`;
  await migrate(url.href, [{ name: "29991231000000_next_year", sql: "SELECT 1" }]);
  stack = startStack({ ...options(), databaseUrl: url.href });

  const failure = await stack.ready.catch((error: unknown) => String(error));

  expect(failure).toContain("used by another version of Homeport: migration 29991231000000_next_year was applied");
  // What needs no database starts beside it; with the refusal the launcher ends that as well.
  const usesIt = processLedger(home.pids)
    .all()
    .filter(([name]) => name !== "temporal");
  expect(usesIt).toEqual([]);
  await stack.stop();
  expect(processLedger(home.pids).all()).toEqual([]);
});

function options(): Parameters<typeof startStack>[0] {
  const screen = {
    print: (line: string) => {
      reported.push(line);
    },
    during: <T>(_title: string, work: Promise<T>) => work,
  };
  return { home, screen, lab: "none", anyPorts: true, worker: false, dashboard: false };
}

function start(): Promise<StackInfo> {
  stack = startStack(options());
  return stack.ready;
}

/** Starts a stack in a process of its own, writes a row, and kills that process. */
async function killedLauncher(): Promise<StackInfo> {
  const code = `
    import { startStack } from ${JSON.stringify(path.join(ROOT, "scripts/stack/stack.ts"))};
    import { homeAt } from ${JSON.stringify(path.join(ROOT, "scripts/stack/paths.ts"))};
    import { createDb } from ${JSON.stringify(path.join(ROOT, "prisma/src/client.ts"))};
    const screen = { print() {}, during: (_title, work) => work };
    const info = await startStack({ home: homeAt(${JSON.stringify(home.dir)}), screen, lab: "none", anyPorts: true, worker: false, dashboard: false }).ready;
    await createDb(info.databaseUrl).user.create({ data: { email: "kept@homeport.local", name: "Kept", passwordHash: "x" } });
    console.log(JSON.stringify(info));`;
  const launcher = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve, reject) => {
    launcher.stdout.once("data", (bytes: Buffer) => {
      resolve(String(bytes));
    });
    launcher.once("exit", (code) => {
      reject(new Error(`the launcher ended with ${code}`));
    });
  });
  launcher.kill("SIGKILL");
  await until(() => launcher.signalCode === "SIGKILL");
  return JSON.parse(line) as StackInfo;
}

async function withDb(info: StackInfo, work: (db: ReturnType<typeof createDb>) => Promise<void>): Promise<void> {
  const db = createDb(info.databaseUrl);
  try {
    await work(db);
  } finally {
    await db.$disconnect();
  }
}

function pidOf(name: string): ProcessRecord {
  const record = processLedger(home.pids)
    .all()
    .find(([other]) => other === name)?.[1];
  if (!record) throw new Error(`${name} is not in pids.json`);
  return record;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 480_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not true within 30 s: ${String(condition)}`);
    await sleep(20);
  }
}
