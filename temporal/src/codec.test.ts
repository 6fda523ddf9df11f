import { randomBytes } from "node:crypto";
import { defaultPayloadConverter } from "@temporalio/common";
import { expect, test } from "vitest";
import { createCodec } from "./codec";

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

test("what was stored before there was a codec is read as it is", async () => {
  const plain = payload({ runId: "r" });
  expect(await codec.decode([plain], here)).toEqual([plain]);
});
