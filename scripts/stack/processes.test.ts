// What the next start may end: only what the last one started.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endProcess, endRecorded, isAlive, processLedger, recordOf, startOf, writeAtomically } from "./processes";

let dir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "homeport-processes-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(dir, { recursive: true });
});

test("a leftover is ended and forgotten", async () => {
  const ledger = processLedger(path.join(dir, "pids.json"));
  ledger.record("worker", await sleeper());

  expect(await endRecorded(ledger)).toEqual(["worker"]);

  expect(ledger.all()).toEqual([]);
});

test("a recycled pid is never ended: the start time tells it from the process that was recorded", async () => {
  const stranger = await sleeper();
  const file = path.join(dir, "pids.json");
  writeAtomically(file, { worker: { pid: stranger, started: "another-boot/1" } });

  expect(await endRecorded(processLedger(file))).toEqual([]);

  expect(startOf(stranger)).toBeDefined();
});

test("a process that ignores the request is killed at the deadline, with its group", async () => {
  const record = recordOf(await sleeper("process.on('SIGTERM', () => {});"));

  expect(await endProcess(record, { deadlineMs: 100 })).toBe(true);

  expect(isAlive(record)).toBe(false);
});

test("the ledger keeps the order of starting, a restarted process last", () => {
  const ledger = processLedger(path.join(dir, "pids.json"));
  for (const name of ["postgres", "temporal", "postgres"]) ledger.record(name, process.pid);

  expect(ledger.all().map(([name]) => name)).toEqual(["temporal", "postgres"]);
});

/** A process of its own group that is known to run its first line. */
async function sleeper(first = ""): Promise<number> {
  const child = spawn(process.execPath, ["-e", `${first} console.log("up"); setInterval(() => {}, 1000)`], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  if (child.pid === undefined) throw new Error("no child");
  return child.pid;
}
