// Worker tasks of the node: forked work with a UPID, a log and an exit status; they die with the lab's process.

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Actor } from "../access/actor";
import type { LabClock } from "../clock";
import { messageOf } from "../http/api-error";
import { appendLine, readLines } from "../persist";
import { formatUpid } from "./upid";

export interface Task {
  upid: string;
  node: string;
  pid: number;
  pstart: number;
  starttime: number;
  type: string;
  id: string;
  user: string;
  tokenid?: string;
  log: string[];
  /** Set when it ended: `OK`, `WARNINGS: n`, or the error's text. */
  exitstatus?: string;
  endtime?: number;
}

export interface TaskRun {
  upid: string;
  log: (line: string) => void;
  /** A line `WARN: …`; the task then ends as `WARNINGS: n`. */
  warn(text: string): void;
  /** Aborted by DELETE of the task. */
  signal: AbortSignal;
}

export interface Tasks {
  /** Begins `work` and answers at once. */
  run(what: { type: string; id: string; actor: Actor }, work: (run: TaskRun) => Promise<void>): Task;
  find(upid: string): Task | undefined;
  /** Newest first. */
  all(): Task[];
  /** Asks it to end as SIGTERM does, and waits until it has. */
  stop(upid: string): Promise<void>;
  /** Ends it as SIGKILL does: no last line, `unexpected status`. Its work may go on for a moment without effect on the task. */
  kill(upid: string): void;
  killAll(): void;
  /** Resolves when the task ended. */
  ended(upid: string): Promise<Task>;
}

interface Running {
  abort: AbortController;
  done: Promise<void>;
  resolve(): void;
}

const kept = 2000;

export function openTasks(directory: string, on: { node: string; clock: LabClock; bootedAt: () => number }): Tasks {
  const { node, clock, bootedAt } = on;
  mkdirSync(directory, { recursive: true });
  const tasks = load(directory);
  const running = new Map<string, Running>();
  let lastPid = Math.max(1000, ...tasks.map((task) => task.pid));
  const fileOf = (task: Task) => join(directory, `${String(task.pid).padStart(10, "0")}.log`);

  const end = (task: Task, exitstatus: string) => {
    const run = running.get(task.upid);
    if (run === undefined) return;
    running.delete(task.upid);
    task.exitstatus = exitstatus;
    task.endtime = Math.floor(clock.now() / 1000);
    appendLine(fileOf(task), JSON.stringify({ exitstatus, endtime: task.endtime }));
    run.resolve();
  };

  return {
    run({ type, id, actor }, work) {
      lastPid += 1;
      const starttime = Math.floor(clock.now() / 1000);
      const pstart = Math.floor((clock.now() - bootedAt()) / 10);
      const parts = { node, pid: lastPid, pstart, starttime, type, id };
      const task: Task = {
        upid: formatUpid({ ...parts, authid: actor.authid }),
        ...parts,
        user: actor.user,
        ...(actor.tokenName === undefined ? {} : { tokenid: actor.tokenName }),
        log: [],
      };
      const { log: _, ...header } = task;
      appendLine(fileOf(task), JSON.stringify(header));
      tasks.unshift(task);
      for (const old of tasks.splice(kept)) rmSync(fileOf(old), { force: true });

      const abort = new AbortController();
      let resolve = () => {};
      const done = new Promise<void>((settle) => (resolve = settle));
      running.set(task.upid, { abort, done, resolve });
      let warnings = 0;
      const log = (line: string) => {
        if (!running.has(task.upid)) return;
        task.log.push(line);
        appendLine(fileOf(task), JSON.stringify({ t: line }));
      };
      const run: TaskRun = {
        upid: task.upid,
        log,
        warn(text) {
          warnings += 1;
          log(`WARN: ${text}`);
        },
        signal: abort.signal,
      };
      const succeed = () => {
        const exitstatus = warnings > 0 ? `WARNINGS: ${warnings}` : "OK";
        log(`TASK ${exitstatus}`);
        end(task, exitstatus);
      };
      const fail = (failure: unknown) => {
        const text = abort.signal.aborted ? "received interrupt" : messageOf(failure);
        log(`TASK ERROR: ${text}`);
        end(task, text.replaceAll("\n", " "));
      };
      // A worker is a forked process: the answer with its UPID leaves before it begins.
      setImmediate(() => void (async () => work(run))().then(succeed, fail));
      return task;
    },
    find: (upid) => tasks.find((task) => task.upid === upid),
    all: () => tasks,
    async stop(upid) {
      const run = running.get(upid);
      run?.abort.abort(new Error("received interrupt"));
      await run?.done;
    },
    kill(upid) {
      const task = tasks.find((candidate) => candidate.upid === upid);
      const run = running.get(upid);
      if (task === undefined || run === undefined) return;
      end(task, "unexpected status");
      run.abort.abort(new Error("killed"));
    },
    killAll() {
      for (const upid of running.keys()) this.kill(upid);
    },
    async ended(upid) {
      await running.get(upid)?.done;
      const task = tasks.find((candidate) => candidate.upid === upid);
      if (task === undefined) throw new Error(`no such task ${upid}`);
      return task;
    },
  };
}

/** Newest first. A file without a last line is a task that died with the process. */
function load(directory: string): Task[] {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith(".log"))
    .sort()
    .reverse();
  return files.flatMap((name) => {
    const [header, ...rest] = readLines(join(directory, name)).map(
      (line) => JSON.parse(line) as Partial<Task> & { t?: string },
    ); // written by run
    if (header === undefined) return [];
    const log = rest.flatMap((line) => (line.t === undefined ? [] : [line.t]));
    const last = rest.find((line) => line.exitstatus !== undefined);
    const endtime = last?.endtime ?? header.starttime ?? 0;
    return [{ ...(header as Task), log, exitstatus: last?.exitstatus ?? "unexpected status", endtime }];
  });
}
