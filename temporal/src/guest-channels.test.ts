// A channel is one run's and one step's at a time, is kept for the next one, and never outlives what carries it.
import { spawn, type ChildProcess } from "node:child_process";
import { afterEach, expect, test, vi } from "vitest";
import type { Ssh } from "@homeport/ssh";
import { createConnections } from "./connections";
import { createGuestChannels, type GuestOfRun } from "./guest-channels";

/** A node whose `pct exec` is a shell of this machine. */
function fakeNode() {
  const began: { argv: readonly string[]; child: ChildProcess }[] = [];
  const exec: Ssh["exec"] = (argv, options = {}) =>
    new Promise((resolve, reject) => {
      const [command = "", ...args] = argv.slice(argv.indexOf("--") + 1);
      const child = spawn(command, args, { stdio: "pipe" });
      began.push({ argv, child });
      let stderr = "";
      child.stdout.on("data", (bytes: Buffer) => options.onStdout?.(bytes));
      child.stderr.on("data", (bytes: Buffer) => {
        stderr += bytes.toString();
        options.onStderr?.(bytes);
      });
      if (typeof options.stdin === "object" && "pipe" in options.stdin) options.stdin.pipe(child.stdin);
      options.signal?.addEventListener("abort", () => {
        child.kill("SIGKILL");
        reject(new Error("aborted"));
      });
      child.on("close", (code) => resolve({ code, stdout: Buffer.alloc(0), stderr, truncated: false, greeting: "" }));
    });
  let closed: () => void = () => undefined;
  const ssh: Ssh = {
    exec,
    close: () => closed(),
    closed: new Promise((resolve) => (closed = resolve)),
  };
  return { ssh, began, end: () => began.forEach(({ child }) => child.kill("SIGKILL")) };
}

let node = fakeNode();
afterEach(() => {
  vi.useRealTimers();
  node.end();
  node = fakeNode();
});
const web: GuestOfRun = { runId: "run-1", vmid: 101 };

function channels() {
  const lines = { taken: 0, back: 0 };
  const guests = createGuestChannels(() => {
    lines.taken += 1;
    return { ssh: Promise.resolve(node.ssh), giveBack: () => (lines.back += 1) };
  });
  return { guests, lines };
}

test("what a step gives back the run's next step takes, and nobody else", async () => {
  const { guests } = channels();
  const first = await guests.take(web);
  expect((await first.request(["echo", "hi"])).stdout.toString()).toBe("hi\n");
  // Still in use: another step of the run, which an activity that was given up for dead may be, gets its own.
  const beside = await guests.take(web);
  guests.giveBack(web, first);
  for (const other of [
    { ...web, runId: "run-2" },
    { ...web, vmid: 102 },
  ])
    expect(await guests.take(other)).not.toBe(first);
  expect(await guests.take(web)).toBe(first);
  expect(beside).not.toBe(first);
  expect(node.began[0]?.argv.slice(0, 4)).toEqual(["pct", "exec", "101", "--keep-env"]);
});

test("one that has ended, or owes an answer, is not kept; its lease goes back", async () => {
  const { guests, lines } = channels();
  const ended = await guests.take(web);
  await ended.request(["true"]);
  guests.giveBack(web, ended);
  node.end();
  await ended.ended;
  const busy = await guests.take(web);
  expect(busy).not.toBe(ended);
  const lost = busy.request(["sleep", "60"]);
  guests.giveBack(web, busy);
  await expect(lost).rejects.toThrow("its step is over");
  await busy.ended;
  expect(await guests.take(web)).not.toBe(busy);
  expect(lines).toEqual({ taken: 3, back: 2 });
});

test("one that nobody takes is let go after a while, and ends by itself", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { guests, lines } = channels();
  const channel = await guests.take(web);
  await channel.request(["true"]);
  guests.giveBack(web, channel);
  vi.advanceTimersByTime(15_000);
  await channel.ended;
  expect([node.began[0]?.child.exitCode, channel.isOpen, lines.back]).toEqual([0, false, 1]);
});

test("no more guests share a connection than leave sessions free, and none loses its connection to another's end", async () => {
  const opened: ReturnType<typeof fakeNode>[] = [];
  const lease = createConnections();
  const open = {
    proxmox: () => ({ close: () => Promise.resolve() }) as never, // nothing is asked of it
    ssh: () => {
      opened.push(fakeNode());
      return Promise.resolve(opened.at(-1)?.ssh ?? node.ssh);
    },
  };
  const steps = Array.from({ length: 20 }, (_, index) => ({ step: lease("pins", open), runId: `run-${index}` }));
  const taken = await Promise.all(steps.map(({ step, runId }) => step.guest({ runId, vmid: 100 })));
  await Promise.all(taken.map((channel) => channel.request(["true"])));
  expect(opened.map(({ began }) => began.length)).toEqual([6, 6, 6, 2]);
  // Between its steps a run keeps what it has; within one, it is asked for again and again.
  const [one] = steps;
  expect(await one?.step.guest({ runId: "run-0", vmid: 100 })).toBe(taken[0]);
  await one?.step.close();
  await new Promise(setImmediate);
  expect(await lease("pins", open).guest({ runId: "run-0", vmid: 100 })).toBe(taken[0]);
  expect(opened).toHaveLength(4);
  for (const each of opened) each.end();
});
