// Steering a run: what is accepted, once, by whom, and what waits for an engine that is away.
import { randomUUID } from "node:crypto";
import { AppError } from "@homeport/domain/error";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  containerInput,
  IMAGE,
  onlineNode,
  person,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal, textWith } from "../testing/refusal";

let api: TestApi;
let ada: TestPerson;
let at: { nodeId: string; revisionId: string };
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  at = { nodeId: await onlineNode(api, ada, "pve"), revisionId: await template(api) };
});
afterAll(() => api.close());

const caller = () => ada.caller();

/** A creation whose step `step` failed. */
async function failed(step: string, revisionId = at.revisionId) {
  const { runId, containerId } = await (
    await caller()
  ).containers.create(containerInput(at.nodeId, revisionId, `h-${randomUUID().slice(0, 8)}`));
  await api.db.run.update({ where: { id: runId }, data: { state: "awaiting_decision" } });
  await api.db.runStep.update({ where: { runId_name: { runId, name: step } }, data: { state: "failed", error: "no" } });
  return { runId, containerId };
}

const rows = (runId: string) => api.db.runDecision.findMany({ where: { runId }, orderBy: { id: "asc" } });
const click = () => ({ requestKey: randomUUID() });

test("a decision is a row with its edit and an audit line before the engine hears of it; a double click is one", async () => {
  const { runId } = await failed("script-configure");
  const asked = { id: runId, decision: "retry" as const, edit: { script: "echo better\n" }, ...click() };
  expect(await (await caller()).runs.decide(asked)).toEqual({ id: runId, delivered: true });
  expect(await (await caller()).runs.decide(asked)).toEqual({ id: runId, delivered: true });
  const made = await rows(runId);
  expect(made).toMatchObject([
    {
      decision: "retry",
      step: "script-configure",
      attempt: 1,
      edit: { script: "echo better\n" },
      userId: ada.id,
      refusal: null,
    },
  ]);
  expect(made[0]?.deliveredAt).not.toBeNull();
  const lines = await api.db.auditLog.findMany({ where: { targetId: runId } });
  expect(lines.map(({ action, details }) => [action, details])).toMatchObject([
    ["run.retry", { step: "script-configure", attempt: 1, edited: "script" }],
  ]);
  expect(api.engine.asked.filter((one) => one === `retry ${runId}`)).toHaveLength(1);
  const detail = await (await caller()).runs.get({ id: runId });
  expect(detail.decisions).toMatchObject([
    { decision: "retry", by: "Ada", step: "script-configure", edited: true, delivered: true, refusal: null },
  ]);
});

test("two people at once: one decides, the other is told who did", async () => {
  const { runId } = await failed("script-configure");
  const answers = await Promise.all(
    [
      (await caller()).runs.decide({ id: runId, decision: "retry", ...click() }),
      (await caller()).runs.decide({ id: runId, decision: "undo", ...click() }),
    ].map((one) => refusal(one)),
  );
  const reported = answers.filter(({ code }) => code !== "accepted");
  expect(reported).toMatchObject([{ code: "conflict" }]);
  expect(reported[0]?.message).toMatch(/^Ada decided already: (retry it|undo everything)\.$/);
  expect(await rows(runId)).toHaveLength(1);
  // Another failure of the same step is another question.
  await api.db.runStep.update({ where: { runId_name: { runId, name: "script-configure" } }, data: { attempt: 2 } });
  await (await caller()).runs.decide({ id: runId, decision: "retry", ...click() });
});

test("while the engine is away a decision is accepted, and what comes after it waits in line; a cancel overtakes both", async () => {
  const { runId } = await failed("script-configure");
  api.engine.away = true;
  expect(await (await caller()).runs.decide({ id: runId, decision: "retry", ...click() })).toEqual({
    id: runId,
    delivered: false,
  });
  expect((await (await caller()).runs.get({ id: runId })).decisions).toMatchObject([
    { decision: "retry", delivered: false },
  ]);
  api.engine.away = false;
  await api.db.run.update({ where: { id: runId }, data: { state: "running" } });
  expect(await (await caller()).runs.pause({ id: runId, ...click() })).toEqual({ id: runId, delivered: false });
  expect(await (await caller()).runs.cancel({ id: runId, ...click() })).toEqual({ id: runId, delivered: true });
  expect((await rows(runId)).map(({ decision, deliveredAt }) => [decision, deliveredAt !== null])).toEqual([
    ["retry", false],
    ["pause", false],
    ["cancel", true],
  ]);
});

test("what the engine refuses is reported, kept with its reason, and can be decided anew", async () => {
  const { runId } = await failed("script-configure");
  const decide = api.engine.decide.bind(api.engine);
  api.engine.decide = () => Promise.reject(new AppError("run.refused", "The run has gone on since."));
  const asked = { id: runId, decision: "retry" as const, ...click() };
  for (const _again of [1, 2])
    expect(await refusal((await caller()).runs.decide(asked))).toMatchObject({
      code: "conflict",
      message: "The run has gone on since.",
    });
  api.engine.decide = decide;
  expect(await rows(runId)).toMatchObject([{ refusal: "The run has gone on since." }]);
  await (await caller()).runs.decide({ id: runId, decision: "retry", ...click() });
});

test("an edit that does not fit is refused at its field: the wrong kind, a taken VMID, an unknown storage, a skip with an edit", async () => {
  const script = await failed("script-configure");
  const decide = async (id: string, more: object) =>
    refusal((await caller()).runs.decide({ id, decision: "retry", ...click(), ...more }));
  expect(await decide(script.runId, { edit: { packages: ["nginx"] } })).toMatchObject({
    code: "invalid",
    fields: { edit: "This step takes an edit of its script." },
  });
  expect(await decide(script.runId, { decision: "undo", edit: { script: "true" } })).toMatchObject({
    code: "invalid",
    fields: { edit: "Only a retry takes an edit." },
  });
  expect(await decide(script.runId, { decision: "skip" })).toMatchObject({
    code: "conflict",
    message: "Only a step that its template marks as optional can be skipped.",
  });

  const create = await failed("create");
  const holder = await failed("create");
  await api.db.container.update({ where: { id: holder.containerId }, data: { vmid: 4711 } });
  // What the last probe saw counts while the node cannot be asked.
  api.engine.away = true;
  expect(
    (
      await decide(create.runId, { edit: { spec: { vmid: 4711, storage: "nowhere" } } }).finally(() => {
        api.engine.away = false;
      })
    ).fields,
  ).toMatchObject({
    "edit.spec.vmid": expect.stringContaining("VMID 4711 is taken by") as unknown,
    "edit.spec.storage": expect.stringContaining("no storage nowhere") as unknown,
  });
  const fixed = {
    mode: "static" as const,
    address: "10.8.0.5/24",
    gateway: "",
    ipv6: { mode: "static" as const, address: "2001:db8:8::5/64", gateway: "" },
  };
  const { spec } = await api.db.container.findUniqueOrThrow({
    where: { id: holder.containerId },
    select: { spec: true, hostname: true },
  });
  await api.db.container.update({
    where: { id: holder.containerId },
    data: { hostname: "held", spec: { ...(spec as object), network: fixed } },
  });
  expect((await decide(create.runId, { edit: { spec: { hostname: "HELD", network: fixed } } })).fields).toEqual({
    "edit.spec.hostname": "This node has a container called HELD already.",
    "edit.spec.network.address": "10.8.0.5 is the address of held.",
    "edit.spec.network.ipv6.address": "2001:db8:8::5 is the address of held.",
  });
  expect(
    (
      await decide(create.runId, {
        edit: { spec: { network: { ...fixed, address: "127.0.0.1/8" }, sshPublicKey: "ssh-ed25519 AAAA" } },
      })
    ).fields,
  ).toEqual({
    "edit.spec.network.address": "127.0.0.1 is a loopback address: nothing outside the container could reach it.",
    "edit.spec.sshPublicKey": "The key is cut off. Copy the whole line again.",
  });
  expect((await decide(create.runId, { edit: { spec: { cores: 0 } } })).fields).toMatchObject({
    "edit.spec.cores": "At least one core.",
  });
  expect(await rows(create.runId)).toEqual([]);
  expect(await decide(create.runId, { edit: { spec: { vmid: null, osTemplate: IMAGE } } })).toMatchObject({
    code: "accepted",
  });
});

test("an optional script can be skipped; the view says what each step allows, what was tried and what undoing would do", async () => {
  const revision = await api.db.templateRevision.findUniqueOrThrow({ where: { id: at.revisionId } });
  const definition = revision.definition as { scripts: object[] };
  const { id } = await api.db.templateRevision.create({
    data: {
      templateId: revision.templateId,
      revision: 2,
      hash: randomUUID(),
      definition: {
        ...definition,
        scripts: [{ name: "extras", title: "Extras", content: "true", optional: true, repeatable: false }],
      },
    },
  });
  const { runId } = await failed("script-extras", id);
  const step = await api.db.runStep.findFirstOrThrow({ where: { runId, name: "script-extras" } });
  await api.db.runAttempt.create({
    data: { runId, stepId: step.id, attempt: 1, state: "failed", error: "exit code 1", edit: { script: "x" } },
  });
  const detail = await (await caller()).runs.get({ id: runId });
  expect(detail.steps.find(({ name }) => name === "script-extras")).toMatchObject({
    optional: true,
    repeatable: false,
    editable: "script",
    attempts: [{ attempt: 1, state: "failed", error: "exit code 1", edited: true }],
  });
  expect(detail.steps.find(({ name }) => name === "start")).toMatchObject({
    optional: false,
    repeatable: true,
    editable: null,
    attempts: [],
  });
  expect(detail.undoPlan.at(-1)).toBe("Its record stays, for the history");
  expect(JSON.stringify(detail)).not.toContain('"script":"x"');
  await (await caller()).runs.decide({ id: runId, decision: "skip", ...click() });
});

test("of a guest that is gone, or whose VMID another one has, undoing does not promise that it is destroyed", async () => {
  const { runId, containerId } = await failed("script-configure");
  const { nodeId, vmid } = await api.db.container.update({ where: { id: containerId }, data: { vmid: 777 } });
  const plan = async () => (await (await caller()).runs.get({ id: runId })).undoPlan[0];
  const now = api.clock.now;
  await api.db.runStep.updateMany({
    where: { runId, name: "create" },
    data: { state: "done", endedAt: new Date(now.getTime() - 120_000) },
  });
  await api.db.guestObservation.deleteMany({ where: { nodeId, vmid: vmid ?? 0 } });
  await api.db.nodeObservation.upsert({
    where: { nodeId },
    create: { nodeId, seenAt: new Date(now.getTime() - 600_000) },
    update: { seenAt: new Date(now.getTime() - 600_000) },
  });
  expect(await plan()).toBe(`Stop and destroy CT ${vmid} on pve, with its disks`);
  await api.db.nodeObservation.update({ where: { nodeId }, data: { seenAt: now } });
  expect(await plan()).toBe(`Nothing is destroyed: CT ${vmid} is not on pve any more`);
  await api.db.guestObservation.create({
    data: { nodeId, vmid: vmid ?? 0, kind: "qemu", status: "running", seenAt: now },
  });
  expect(await plan()).toContain("is another guest now, and is left alone");
  // The list of the node is up to ten seconds old: right after the create it says nothing.
  await api.db.guestObservation.deleteMany({ where: { nodeId, vmid: vmid ?? 0 } });
  await api.db.runStep.updateMany({
    where: { runId, name: "create" },
    data: { endedAt: new Date(now.getTime() - 5_000) },
  });
  expect(await plan()).toBe(`Stop and destroy CT ${vmid} on pve, with its disks`);
});

test("a step's input is what it would be tried with now, beside what it was made with", async () => {
  const { runId, containerId } = await failed("script-configure");
  const read = async (step: string) => (await caller()).runs.stepInput({ id: runId, step });
  expect(await read("script-configure")).toEqual({ kind: "script", script: "true", original: "true" });
  expect(await read("packages")).toEqual({ kind: "packages", packages: ["nginx"], original: ["nginx"] });
  const step = await api.db.runStep.update({
    where: { runId_name: { runId, name: "script-configure" } },
    data: { attempt: 3 },
  });
  await api.db.runAttempt.createMany({
    data: [
      { runId, stepId: step.id, attempt: 2, edit: { script: "echo two" } },
      { runId, stepId: step.id, attempt: 4, edit: { script: "echo four" } },
    ],
  });
  expect(await read("script-configure")).toEqual({ kind: "script", script: "echo two", original: "true" });
  const { spec } = await api.db.container.findUniqueOrThrow({ where: { id: containerId } });
  await api.db.container.update({ where: { id: containerId }, data: { spec: { ...(spec as object), cores: 7 } } });
  expect(await read("create")).toMatchObject({ kind: "spec", spec: { cores: 7 }, original: { cores: 1 } });
  expect(await refusal(read("start"))).toMatchObject({ code: "conflict" });
});

test("pause and resume are refused with the reason when they mean nothing; a run that is being cancelled takes no decision", async () => {
  const { runId } = await failed("script-configure");
  const reported = async (what: "pause" | "resume") =>
    (await refusal((await caller()).runs[what]({ id: runId, ...click() }))).message;
  expect(await reported("pause")).toBe("It stands still until you decide.");
  await api.db.run.update({ where: { id: runId }, data: { state: "running" } });
  expect(await reported("resume")).toBe("This run is not paused.");
  await (await caller()).runs.pause({ id: runId, ...click() });
  expect((await (await caller()).runs.get({ id: runId })).pauseRequestedAt).not.toBeNull();
  expect(await reported("pause")).toContain("It is paused already");
  await (await caller()).runs.resume({ id: runId, ...click() });
  expect((await (await caller()).runs.get({ id: runId })).pauseRequestedAt).toBeNull();
  await api.db.run.update({ where: { id: runId }, data: { state: "awaiting_decision" } });
  await (await caller()).runs.cancel({ id: runId, ...click() });
  expect((await refusal((await caller()).runs.decide({ id: runId, decision: "retry", ...click() }))).message).toBe(
    "It is being cancelled.",
  );
  expect((await refusal((await caller()).runs.cancel({ id: runId, ...click() }))).message).toBe(
    "It is being cancelled.",
  );
});

test("a key that was used for something else is refused", async () => {
  const { runId } = await failed("script-configure");
  const { requestKey } = click();
  await (await caller()).runs.cancel({ id: runId, requestKey });
  expect(await refusal((await caller()).runs.pause({ id: runId, requestKey }))).toMatchObject({
    code: "conflict",
    message: textWith("was asked for with this request already"),
    exists: { type: "run", id: runId },
  });
  const again = await failed("script-configure");
  const edited = { id: again.runId, decision: "retry" as const, requestKey: click().requestKey };
  await (await caller()).runs.decide({ ...edited, edit: { script: "true" } });
  await (await caller()).runs.decide({ ...edited, edit: { script: "true" } });
  expect(await refusal((await caller()).runs.decide({ ...edited, edit: { script: "false" } }))).toMatchObject({
    code: "conflict",
    exists: { id: again.runId },
  });
  expect(await api.db.runDecision.count({ where: { runId: again.runId } })).toBe(1);
});
