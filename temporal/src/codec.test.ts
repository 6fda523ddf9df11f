import { randomBytes } from "node:crypto";
import { defaultPayloadConverter } from "@temporalio/common";
import { expect, test } from "vitest";
import { createCodec } from "./codec";
import { UNSEALED } from "./contract";

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
  const words = [payload("create web-1, CT 100 on pve"), payload(undefined), payload({ definition: { type: "provisionContainer" }, currentDetails: "| step |" })];
  expect(await codec.encode(words, here)).toEqual(words);
});

test("numbers and lists are sealed too", async () => {
  for (const one of [42, ["a"], true]) expect((await codec.encode([payload(one)], here))[0]).not.toEqual(payload(one));
});

test("a payload of another workflow, or one that was altered, does not open", async () => {
  const [sealed] = await codec.encode([payload({ a: 1 })], here);
  await expect(codec.decode([sealed ?? {}], { ...here, workflowId: "run-2" })).rejects.toThrow("run-1");
  const moved = { ...sealed, metadata: { ...sealed?.metadata, workflow: Buffer.from("run-2") } };
  await expect(codec.decode([moved], { ...here, workflowId: "run-2" })).rejects.toThrow();
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
  const forged = [payload({ decision: "undo" }), payload(7), payload(["undo"]), payload({ definition: { type: "x" }, decision: "undo" })];
  for (const opened of await codec.decode(forged, at(named))) expect(value(opened)).toEqual({ [UNSEALED]: true });
  const raw = { metadata: { encoding: Buffer.from("binary/plain") }, data: Buffer.from("undo") };
  expect(value((await codec.decode([raw], at(named)))[0] ?? {})).toEqual({ [UNSEALED]: true });
});

test("a forged answer of an activity stops the workflow's task", async () => {
  const activity = { type: "activity", namespace: "default", workflowId: named, activityId: "1", isLocal: false } as const;
  await expect(codec.decode([payload({ outcome: "created" })], activity)).rejects.toThrow("not sealed");
});

test("what was stored before there was a codec is read as it is, in the workflows of then", async () => {
  const plain = payload({ runId: "r" });
  for (const id of ["0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "watch-0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"]) expect(await codec.decode([plain], at(id))).toEqual([plain]);
  for (const id of [named, "reconcile", "plan-0193a1b2", "x-0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"]) expect(await codec.decode([plain], at(id))).not.toEqual([plain]);
});
