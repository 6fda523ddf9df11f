// What the engine's client refuses when Temporal is there, but nobody works for it, or it knows nothing of a run.
import { randomUUID } from "node:crypto";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createEngine, type Engine } from "./client";

let engine: Engine;
beforeAll(() => {
  const plain = {
    encode: (payloads: never[]) => Promise.resolve(payloads),
    decode: (payloads: never[]) => Promise.resolve(payloads),
  };
  const noRows = {
    id: () => Promise.resolve(undefined),
    run: () => Promise.resolve(undefined),
    node: () => Promise.resolve(undefined),
  };
  engine = createEngine({
    address: inject("temporalAddress"),
    codec: plain,
    names: noRows,
    taskQueue: `nobody-${randomUUID()}`,
    timeoutMs: 20_000,
  });
});
afterAll(() => engine.close());

test("a plan that no worker makes in time", async () => {
  const spec = { hostname: "waits" } as ContainerSpec; // nobody reads it
  await expect(engine.plan(spec)).rejects.toMatchObject({ refusal: "plan.engine_away", code: "unavailable" });
});

test("a decision about a run that Temporal lost is taken later, when the run has begun anew", async () => {
  await expect(engine.decide(randomUUID(), "retry", randomUUID())).rejects.toMatchObject({
    refusal: "run.begun_anew",
    code: "unavailable",
  });
});
