// Whoever takes a workflow's task from Temporal may have any activity run, with any sealed payload of that workflow.
import { ApplicationFailure, CancelledFailure } from "@temporalio/common";
import { MockActivityEnvironment } from "@temporalio/testing";
import { DefaultLogger } from "@temporalio/worker";
import { expect, test } from "vitest";
import { UNSEALED } from "./contract";
import { SEALED_AS } from "./sealed-as";
import { sealedCalls } from "./sealed-calls";

const quiet = new DefaultLogger("ERROR");
const destroy = (asked: unknown): Promise<unknown> =>
  new MockActivityEnvironment(
    { activityType: "destroyLxc", activityId: "7" },
    { interceptors: [sealedCalls], logger: quiet },
  ).run((input: unknown) => Promise.resolve({ did: input }), asked);

test("an activity does what was sealed as a call of it, and its answer is sealed as its own", async () => {
  expect(await destroy({ vmid: 100, [SEALED_AS]: "call destroyLxc" })).toEqual({
    [SEALED_AS]: "answer destroyLxc 7",
    value: { did: { vmid: 100 } },
  });
});

test("what was sealed for another activity, as an answer or as a start, or not at all, destroys nothing", async () => {
  const at = { vmid: 100, runId: "r" };
  for (const as of ["call waitReady", "answer destroyLxc 7", "start", "", null])
    await expect(destroy({ ...at, [SEALED_AS]: as })).rejects.toThrow("not sealed as such");
  for (const asked of [{ [UNSEALED]: true }, undefined, null, "destroy"])
    await expect(destroy(asked)).rejects.toThrow("not sealed as such");
});

test("a failure is sealed with its type and whether it is final; that it was cancelled is left to Temporal", async () => {
  const failing = (error: Error): Promise<unknown> =>
    new MockActivityEnvironment(
      { activityType: "destroyLxc", activityId: "7" },
      { interceptors: [sealedCalls], logger: quiet },
    )
      .run(() => Promise.reject(error), { [SEALED_AS]: "call destroyLxc" })
      .catch((failure: unknown) => failure);
  expect(
    await failing(ApplicationFailure.create({ message: "locked", type: "locked", details: [1], nonRetryable: true })),
  ).toMatchObject({
    message: "locked",
    type: "locked",
    nonRetryable: true,
    details: [1, { [SEALED_AS]: "failure destroyLxc 7 locked true" }],
  });
  expect(await failing(new TypeError("of ours"))).toMatchObject({
    message: "of ours",
    type: "TypeError",
    details: [{ [SEALED_AS]: "failure destroyLxc 7 TypeError false" }],
  });
  const cancelled = new CancelledFailure("cancelled");
  expect(await failing(cancelled)).toBe(cancelled);
});

test("a workflow of an earlier release is answered as that release did", async () => {
  expect(await destroy({ vmid: 100 })).toEqual({ did: { vmid: 100 } });
});
