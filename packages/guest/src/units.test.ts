// A unit runs once, whole or known to be cut off, and its output is read without a gap or a double.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { envText, startArgv, stopArgv, unitPaths, RunnerExit } from "./argv";
import { inTemporaryRoot, type TemporaryRoot } from "./in-temporary-root";
import { UNIT_DIR } from "./texts";

let guest: TemporaryRoot;
beforeEach(async () => {
  guest = await inTemporaryRoot();
});
afterEach(() => guest.close());

const unitFile = (unit: string, name: string): string => `${guest.root}${UNIT_DIR}/${unit}/${name}`;
const wrapperPid = (unit: string): number => Number(readFileSync(unitFile(unit, "pid"), "utf8").split(" ")[0]);
const lives = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

test.each([
  ["exit 0", 0, ""],
  ["exit 1", 1, ""],
  ["kill -9 $$", 137, "Killed\n"],
  ["exit 255", 255, ""],
])("%s ends with exit code %i", async (script, code, reported) => {
  await guest.start("hp-exit", `echo said\n${script}\n`);
  expect(await guest.finish("hp-exit")).toEqual({ state: "exited", exit: code, output: `said\n${reported}` });
});

test("a unit that is started twice runs once, even at the same instant", async () => {
  const script = `echo ran >>"$COUNT"\n`;
  const count = `${guest.root}/count`;
  expect(await guest.start("hp-once", script, { COUNT: count })).toBe("started");
  await guest.finish("hp-once");
  expect((await guest.exec(startArgv("hp-once"))).stdout.toString()).toBe("already\n");

  await guest.put(unitPaths("hp-race").script, script);
  await guest.put(unitPaths("hp-race").env, envText({ COUNT: count }));
  const answers = await Promise.all([1, 2, 3, 4].map(() => guest.exec(startArgv("hp-race"))));
  expect(answers.map((answer) => answer.stdout.toString().trim()).sort()).toEqual([
    "already",
    "already",
    "already",
    "started",
  ]);
  await guest.finish("hp-race");
  expect(readFileSync(count, "utf8")).toBe("ran\nran\n");
});

test("output is followed by offset in small pieces while it grows, without a gap or a double", async () => {
  await guest.start(
    "hp-log",
    `i=0; while [ $i -lt 400 ]; do echo "line $i ü"; i=$((i + 1)); [ $((i % 100)) -ne 0 ] || sleep 0.1; done; echo err >&2`,
  );
  const expected = Array.from({ length: 400 }, (_, i) => `line ${i} ü\n`).join("") + "err\n";
  expect(await guest.finish("hp-log", 777)).toEqual({ state: "exited", exit: 0, output: expected });
});

test("a look at a running unit waits for news, and tells what is there", async () => {
  await guest.start("hp-wait", `echo first; until [ -e "$GO" ]; do sleep 0.05; done; echo second`, {
    GO: `${guest.root}/go`,
  });
  const first = await guest.follow("hp-wait", { waitSeconds: 5 });
  expect([first.state, first.bytes.toString()]).toEqual(["running", "first\n"]);
  const second = guest.follow("hp-wait", { offset: first.size, waitSeconds: 20 });
  writeFileSync(`${guest.root}/go`, "");
  expect((await second).bytes.toString()).toBe("second\n");
});

test("the environment arrives word for word and is never evaluated", async () => {
  const hostile = `a b 'c' "d" $(touch /tmp/owned) \`id\` ; \\n ü=`;
  await guest.start("hp-env", `printf '%s' "$HOSTILE"; pwd`, { HOSTILE: hostile });
  expect((await guest.finish("hp-env")).output).toBe(`${hostile}/\n`);
  expect(() => envText({ A: "b\nC=d" })).toThrow(RangeError);
});

test("a script names its own interpreter", async () => {
  await guest.start("hp-shebang", "#!/usr/bin/env bash\nx=(1 2 3); echo ${#x[@]}\n");
  expect((await guest.finish("hp-shebang")).output).toBe("3\n");
});

test("a unit that was killed whole is interrupted, keeps its output, and cannot be started again", async () => {
  await guest.start("hp-killed", `echo before; sleep 600`);
  await vi.waitFor(async () => expect((await guest.follow("hp-killed")).size).toBe(7));
  process.kill(-wrapperPid("hp-killed"), "SIGKILL");
  expect(await guest.finish("hp-killed")).toEqual({ state: "interrupted", exit: undefined, output: "before\n" });
  expect((await guest.exec(startArgv("hp-killed"))).stdout.toString()).toBe("already\n");
});

test("while a child of a killed unit still works, the unit counts as running", async () => {
  await guest.start("hp-orphan", `echo "$$"; sleep 600`);
  await vi.waitFor(async () => expect((await guest.follow("hp-orphan")).size).toBeGreaterThan(0));
  process.kill(wrapperPid("hp-orphan"), "SIGKILL");
  expect((await guest.follow("hp-orphan")).state).toBe("running");
  process.kill(-wrapperPid("hp-orphan"), "SIGKILL");
  await vi.waitFor(async () => expect((await guest.follow("hp-orphan")).state).toBe("interrupted"));
});

test("a process that got the pid of a dead unit is neither taken for it nor stopped in its place", async () => {
  await guest.start("hp-pid", "sleep 600");
  process.kill(-wrapperPid("hp-pid"), "SIGKILL");
  await vi.waitFor(async () => expect((await guest.follow("hp-pid")).state).toBe("interrupted"));
  const innocent = spawn("sleep", ["600"], { detached: true });
  const [, starttime, boot] = readFileSync(unitFile("hp-pid", "pid"), "utf8").trim().split(" ");
  writeFileSync(unitFile("hp-pid", "pid"), `${innocent.pid ?? 0} ${starttime ?? ""} ${boot ?? ""}\n`);
  expect((await guest.follow("hp-pid")).state).toBe("interrupted");
  await guest.exec(stopArgv("hp-pid"));
  expect(lives(innocent.pid ?? 0)).toBe(true);
  innocent.kill("SIGKILL");
});

test("stop ends a unit with all its children, those that left its session too, and is harmless when repeated", async () => {
  await guest.start("hp-stop", `trap '' TERM; setsid sleep 600 & echo $!; sleep 600 & echo $!; wait; wait`);
  const pids = await vi.waitFor(async () => {
    const lines = (await guest.follow("hp-stop")).bytes.toString().trim().split("\n").map(Number);
    expect(lines).toHaveLength(2);
    return lines;
  });
  const stopped = await guest.exec(stopArgv("hp-stop"));
  expect([stopped.code, stopped.stdout.toString(), pids.filter(lives)]).toEqual([0, "stopped\n", []]);
  expect((await guest.follow("hp-stop")).state).toBe("interrupted");
  expect((await guest.exec(stopArgv("hp-stop"))).stdout.toString()).toBe("stopped\n");
});

test("what was never started is absent, what was never put cannot start, and a path is not a unit name", async () => {
  expect(await guest.follow("hp-none")).toMatchObject({ state: "absent", size: 0 });
  expect((await guest.exec(startArgv("hp-none"))).code).toBe(RunnerExit.missingInput);
  expect((await guest.exec(startArgv("../etc"))).code).toBe(RunnerExit.usage);
});
