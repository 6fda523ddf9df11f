// A question that was cut off with its guest is asked once more, and only of a guest that is still ours.
import { randomUUID } from "node:crypto";
import { ownershipTag } from "@homeport/domain/container/ownership-tag";
import { type Channel, ChannelEnded, type ChannelAnswer } from "@homeport/guest";
import { PctError } from "@homeport/ssh";
import { expect, test } from "vitest";
import type { StepContext } from "../run-step";
import { inside, installRunner } from "./inside";

const containerId = randomUUID();
const answer = (code = 0, stdout = ""): ChannelAnswer => ({
  code,
  stdout: Buffer.from(stdout),
  stderr: "",
  truncated: false,
});
type Answers = (argv: readonly string[]) => Promise<ChannelAnswer>;

/** A step whose guest answers, life after life, as given; what it did is in `log`. */
function stepWith(lives: Answers[], { tags = () => ownershipTag(containerId) }: { tags?: () => string } = {}) {
  const log: string[] = [];
  const cancel = new AbortController();
  let current: Channel | undefined;
  const open = (life: Answers): Channel => {
    log.push("enter");
    let over: Error | undefined;
    let fail: (error: Error) => void = () => undefined;
    const channel: Channel = {
      request: (argv) =>
        new Promise((resolve, reject) => {
          fail = reject;
          life(argv).then(resolve, (error: Error) => channel.abort(error));
        }),
      close: () => undefined,
      abort(error) {
        over ??= error;
        fail(error);
      },
      get isOpen() {
        return over === undefined;
      },
      waiting: 0,
      ended: Promise.resolve(),
    };
    return channel;
  };
  const step = {
    at: { containerId, nodeId: "n" },
    host: {
      name: "lab",
      pveName: "pve",
      proxmox: {
        lxcConfig: () => {
          log.push("compare");
          return Promise.resolve({ tags: tags() });
        },
      },
    },
    signal: cancel.signal,
    guest: () => {
      if (current?.isOpen !== true) current = open(lives.shift() ?? (() => Promise.reject(new Error("no more lives"))));
      return Promise.resolve(current);
    },
  } as unknown as StepContext; // nothing more of it is used here
  return { step, log, cancel };
}
const ends =
  (begun = true): Answers =>
  () =>
    Promise.reject(
      new ChannelEnded(137, begun, begun ? "homeport-channel-3f\nwarning of another\n" : "lxc-attach: no"),
    );
const answers: Answers = ([word = ""]) => Promise.resolve(answer(0, word));
const never: Answers = () => new Promise(() => undefined);

test("what the guest's end cut off is asked once more, after the tag was compared", async () => {
  const { step, log } = stepWith([ends(), answers]);
  expect((await inside(step, 101).run(["follow"])).stdout.toString()).toBe("follow");
  expect(log).toEqual(["enter", "compare", "enter"]);
});

test("a guest that is somebody else's by then is not entered", async () => {
  const { step, log } = stepWith([ends(), answers], { tags: () => "" });
  await expect(inside(step, 101).exec(["follow"])).rejects.toThrow("CT 101 on node lab was not created by Homeport");
  expect(log).toEqual(["enter", "compare"]);
});

test("one that ends again, or cannot be entered, is a failure of pct's with its text", async () => {
  const twice = stepWith([ends(), ends()]);
  await expect(inside(twice.step, 101).exec(["put"])).rejects.toMatchObject({
    name: "PctError",
    kind: "failed",
    code: 137,
    message: expect.not.stringContaining("homeport-channel") as string,
    stderr: "",
  });
  const shut = stepWith([ends(false), answers]);
  await expect(inside(shut.step, 101).exec(["put"])).rejects.toThrow("lxc-attach: no");
  const stopped = stepWith([() => Promise.reject(new PctError("not_running", "no", { code: 255, stderr: "" }))]);
  await expect(inside(stopped.step, 101).exec(["put"])).rejects.toMatchObject({ kind: "not_running" });
  expect([twice.log, shut.log, stopped.log]).toEqual([["enter", "compare", "enter"], ["enter"], ["enter"]]);
});

test("a cancel does not wait for what is asked just then, and its stop has a way of its own", async () => {
  const { step, log, cancel } = stepWith([never, answers]);
  const shell = inside(step, 101);
  const waiting = expect(shell.exec(["follow"])).rejects.toMatchObject({ name: "SshError", kind: "aborted" });
  await new Promise(setImmediate);
  cancel.abort();
  await waiting;
  await expect(shell.exec(["follow"])).rejects.toMatchObject({ kind: "aborted" });
  expect((await shell.exec(["stop"], { signal: new AbortController().signal })).code).toBe(0);
  expect(log).toEqual(["enter", "compare", "enter"]);
});

test("the runner is sent where it is missing or changed, and nothing where it is there", async () => {
  const sent: string[] = [];
  let sums = "";
  const guest: Answers = ([command = "", ...args]) => {
    if (command === "sha256sum") return Promise.resolve(answer(sums === "" ? 1 : 0, sums));
    sent.push(args.at(-2) ?? "");
    sums += `${args.at(-1) ?? ""}  ${args.at(-2) ?? ""}\n`;
    return Promise.resolve(answer());
  };
  const shell = inside(stepWith([guest]).step, 101);
  await installRunner(shell);
  await installRunner(shell);
  expect(sent).toEqual(["/usr/local/lib/homeport/runner", "/usr/local/lib/homeport/helpers"]);
  sums = sums.replace(/^[0-9a-f]/, "x");
  await installRunner(shell);
  expect(sent).toHaveLength(3);
});
