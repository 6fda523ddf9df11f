// Supervision: what dies comes back, what is stopped stays away.
import { expect, test } from "vitest";
import type { Running } from "./child";
import { supervise, type Part } from "./supervise";

test("a part that dies is started again and its state is told", async () => {
  const lives: ReturnType<typeof life>[] = [];
  const said: string[] = [];
  const backAgain = new Promise<void>((resolve) => {
    const part = fakePart(() => { lives.push(life()); if (lives.length === 2) resolve(); return lives.at(-1) ?? life(); });
    supervise({ ...part, say: (line) => said.push(line) });
  });
  while (lives.length === 0) await Promise.resolve();

  lives[0]?.die("signal SIGKILL");

  await backAgain;
  expect(said[0]).toBe("worker ended (signal SIGKILL): starting it again in 0.25 s.");
});

test("a part that was stopped is not started again", async () => {
  let starts = 0;
  const supervised = supervise(fakePart(() => { starts += 1; return life(); }));
  await supervised.ready;

  await supervised.stop();

  expect(starts).toBe(1);
});

test("the first failure to start is the caller's, not retried", async () => {
  const supervised = supervise(fakePart(() => { throw new Error("no such file"); }));

  await expect(supervised.ready).rejects.toThrow("no such file");
  await supervised.stop();
});

function fakePart(start: () => Running): Part {
  return { name: "worker", start: async () => start(), interrupt: async () => undefined, say: () => undefined };
}

function life(): Running & { die(reason: string): void } {
  let die: (reason: string) => void = () => undefined;
  const exited = new Promise<string>((resolve) => { die = resolve; });
  return { pid: 0, exited, die: (reason) => { die(reason); }, stop: async () => { die("stopped"); } };
}
