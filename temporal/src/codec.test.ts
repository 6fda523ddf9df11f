import { randomBytes } from "node:crypto";
import { defaultPayloadConverter } from "@temporalio/common";
import { expect, test } from "vitest";
import { createCodec } from "./codec";
import { UNSEALED } from "./contract";
import { SEALED_AS, START } from "./sealed-as";

const k1 = randomBytes(32);
const codec = createCodec({ current: "k1", keys: { k1 } });
const here = { type: "workflow", namespace: "default", workflowId: "run-1" } as const;
const payload = (value: unknown) => defaultPayloadConverter.toPayload(value);
const value = (one: ReturnType<typeof payload>) => defaultPayloadConverter.fromPayload(one);

test("an object comes back whole, and nothing of it can be read in between", async () => {
  const [sealed] = await codec.encode([payload({ hostname: "web-1", nested: [1, null] })], here);
  expect(Buffer.from(sealed?.data ?? []).toString("latin1")).not.toContain("web-1");
  const [opened] = await codec.decode([sealed ?? {}], here);
  expect(value(opened ?? {})).toEqual({ hostname: "web-1", nested: [1, null] });
});

test("words for people and nothing at all stay as they are, for the Temporal UI", async () => {
  const words = [
    payload("create web-1, CT 100 on pve"),
    payload(undefined),
    payload({ definition: { type: "provisionContainer" }, currentDetails: "| step |" }),
  ];
  expect(await codec.encode(words, here)).toEqual(words);
});

test("numbers and lists are sealed too", async () => {
  for (const one of [42, ["a"], true]) expect((await codec.encode([payload(one)], here))[0]).not.toEqual(payload(one));
});

test("a payload of another workflow, or one that was altered, is not believed; a tool that reads a history sees it as it is", async () => {
  const [sealed = {}] = await codec.encode([payload({ a: 1 })], here);
  const moved = { ...sealed, metadata: { ...sealed.metadata, workflow: Buffer.from("run-2") } };
  const altered = { ...sealed, data: Buffer.from(sealed.data ?? []).fill(0, 14, 15) };
  const inRun2 = { ...here, workflowId: "run-2" };
  for (const opened of await codec.decode(
    [sealed, moved, { ...moved, data: Buffer.alloc(3) }, { metadata: moved.metadata }],
    inRun2,
  ))
    expect(value(opened)).toEqual({ [UNSEALED]: true });
  expect(value((await codec.decode([altered], here))[0] ?? {})).toEqual({ [UNSEALED]: true });
  expect(await codec.decode([moved])).toEqual([moved]);
});

test("after a new key, what the old one sealed still opens; without it, the error names the key", async () => {
  const [sealed] = await codec.encode([payload({ a: 1 })], here);
  const rotated = createCodec({ current: "k2", keys: { k1, k2: randomBytes(32) } });
  expect(value((await rotated.decode([sealed ?? {}], here))[0] ?? {})).toEqual({ a: 1 });
  const lost = createCodec({ current: "k2", keys: { k2: randomBytes(32) } });
  await expect(lost.decode([sealed ?? {}], here)).rejects.toThrow("k1");
});

const at = (workflowId: string) => ({ ...here, workflowId });
const named = "create-web-1-2e3f4a5b";

test("what a stranger wrote is not believed: something that every workflow refuses stands in its place", async () => {
  const forged = [
    payload({ decision: "undo" }),
    payload(7),
    payload(["undo"]),
    payload({ definition: { type: "x" }, decision: "undo" }),
  ];
  for (const opened of await codec.decode(forged, at(named))) expect(value(opened)).toEqual({ [UNSEALED]: true });
  const raw = { metadata: { encoding: Buffer.from("binary/plain") }, data: Buffer.from("undo") };
  expect(value((await codec.decode([raw], at(named)))[0] ?? {})).toEqual({ [UNSEALED]: true });
});

test("a forged answer of an activity is not believed either, whatever it is, and keeps the workflow from nothing", async () => {
  const activity = {
    type: "activity",
    namespace: "default",
    workflowId: named,
    activityId: "1",
    isLocal: false,
  } as const;
  const garbage = {
    metadata: {
      encoding: Buffer.from("binary/encrypted"),
      key: Buffer.from("no such key"),
      workflow: Buffer.from(named),
    },
    data: Buffer.from("x"),
  };
  for (const opened of await codec.decode(
    [
      payload({ outcome: "created" }),
      payload([1]),
      { metadata: {}, data: Buffer.from("{") },
      { ...payload(""), data: Buffer.from('"') },
      garbage,
    ],
    activity,
  ))
    expect(value(opened)).toEqual({ [UNSEALED]: true });
});

test("what is not sealed carries no mark of a seal into a workflow, also not into one of before", async () => {
  const old = at("0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
  const escaped = { ...payload({}), data: Buffer.from(`{"\\u0068${SEALED_AS.slice(1)}":"start"}`) };
  expect(value(escaped)).toEqual({ [SEALED_AS]: START });
  for (const opened of await codec.decode([payload({ [SEALED_AS]: START }), escaped], old))
    expect(value(opened)).toEqual({ [UNSEALED]: true });
});

test("what was stored before there was a codec is read as it is, in the workflows of then", async () => {
  const plain = payload({ runId: "r" });
  for (const id of ["0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "watch-0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"])
    expect(await codec.decode([plain], at(id))).toEqual([plain]);
  for (const id of [named, "reconcile", "plan-0193a1b2", "x-0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"])
    expect(await codec.decode([plain], at(id))).not.toEqual([plain]);
});
