// Supervision: what dies comes back, what is stopped stays away.
import { expect, test } from "vitest";
import { RefusedToStart, type Running } from "./child";
import { supervise, type Part } from "./supervise";

test("a part that dies is started again and its state is reported", async () => {
  const lives: ReturnType<typeof life>[] = [];
  const reported: string[] = [];
  const backAgain = new Promise<void>((resolve) => {
    const part = fakePart(() => {
      lives.push(life());
      if (lives.length === 2) resolve();
      return lives.at(-1) ?? life();
    });
    supervise({ ...part, print: (line) => reported.push(line) });
  });
  while (lives.length === 0) await Promise.resolve();

  lives[0]?.die("signal SIGKILL");

  await backAgain;
  expect(reported[0]).toBe("worker ended (signal SIGKILL): starting it again in 0.25 s.");
});

test("one that was told to end is back at once, unless it ends as soon as it is there", async () => {
  const reported: string[] = [];
  let time = 0;
  const lives = [life(), life(), life()];
  let starts = 0;
  const part = fakePart(() => lives[starts++] ?? life());
  supervise({ ...part, now: () => time, print: (line) => reported.push(line) });
  await expect.poll(() => starts).toBe(1);
  time = 6_000;
  lives[0]?.die("exit code 0");
  await expect.poll(() => starts).toBe(2);
  lives[1]?.die("exit code 0");
  await expect.poll(() => starts).toBe(3);
  expect(reported.filter((line) => line.includes("ended"))).toEqual([
    "worker ended (exit code 0): starting it again.",
    "worker ended (exit code 0): starting it again in 0.25 s.",
  ]);
});

test("a part that was stopped is not started again", async () => {
  let starts = 0;
  const supervised = supervise(
    fakePart(() => {
      starts += 1;
      return life();
    }),
  );
  await supervised.ready;

  await supervised.stop();

  expect(starts).toBe(1);
});

test("the first failure to start is the caller's, not retried", async () => {
  const supervised = supervise(
    fakePart(() => {
      throw new Error("no such file");
    }),
  );

  await expect(supervised.ready).rejects.toThrow("no such file");
  await supervised.stop();
});

test("a part that refuses to start says why once, and comes up when that is mended", async () => {
  const reported: string[] = [];
  const waited: number[] = [];
  const first = life();
  let starts = 0;
  const upAgain = new Promise<void>((resolve) => {
    const part = fakePart(() => {
      starts += 1;
      if (starts === 1) return first;
      if (starts < 6) throw new RefusedToStart("keys.json is not there.");
      resolve();
      return life();
    });
    supervise({
      ...part,
      print: (line) => reported.push(line),
      wait: (ms) => {
        waited.push(ms);
        return Promise.resolve();
      },
    });
  });
  first.die("signal SIGKILL");

  await upAgain;
  await expect.poll(() => reported.at(-1)).toBe("worker runs again.");
  expect(reported.filter((line) => line.includes("keys.json"))).toEqual([
    "worker refuses to start: keys.json is not there. It is tried every 15 s.",
  ]);
  expect(waited).toEqual([250, 15_000, 15_000, 15_000, 15_000]);
});

function fakePart(start: () => Running): Part {
  return { name: "worker", start: async () => start(), interrupt: async () => undefined, print: () => undefined };
}

function life(): Running & { die(reason: string): void } {
  let die: (reason: string) => void = () => undefined;
  const exited = new Promise<string>((resolve) => {
    die = resolve;
  });
  return {
    pid: 0,
    exited,
    die: (reason) => {
      die(reason);
    },
    stop: async () => {
      die("stopped");
    },
  };
}
