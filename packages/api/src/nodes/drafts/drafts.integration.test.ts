// A node is tested before it is saved, and what works stays as it is until something else was tested.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  containerInput,
  nodeInput,
  onlineNode,
  person,
  SECRETS,
  startApi,
  template,
  tested,
  type TestApi,
} from "../../testing/fixture";
import { refusal, textWith } from "../../testing/refusal";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const row = (id: string) => api.db.proxmoxNode.findUniqueOrThrow({ where: { id } });
const secretOf = async (id: string): Promise<string> =>
  api.vault.open({ table: "ProxmoxNode", row: id, column: "tokenSecret" }, (await row(id)).tokenSecret);
const other = "9999abcd-0123-4567-89ab-0123456789ab";
const notTested = textWith("Only a node that was tested is saved");

test("a new node is offered nowhere before it was tested and saved; two tabs save it once, and the first is the default", async () => {
  const ada = await person(api, "New");
  const caller = await ada.caller();
  const { id } = await caller.nodes.create(nodeInput("pve"));
  expect(await caller.nodes.list()).toEqual([]);
  expect(await caller.nodes.drafts()).toMatchObject([{ id, name: "pve", replacesId: null }]); // found again after the page was closed
  const revisionId = await template(api);
  for (const ask of [
    () => caller.containers.create(containerInput(id, revisionId, "early")),
    () => caller.nodes.setDefault({ id }),
    () => caller.nodes.inventory({ id }),
  ])
    expect((await refusal(ask())).code).toBe("not_found");
  expect(await refusal(caller.nodes.save({ id }))).toMatchObject({ code: "conflict", message: notTested });

  await tested(api, id);
  const answers = await Promise.allSettled([caller.nodes.save({ id }), caller.nodes.save({ id })]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await refusal(caller.nodes.save({ id }))).message).toBe("This node is saved already.");
  expect(await caller.nodes.list()).toMatchObject([{ id, isDefault: true, draftUntil: null }]);
  expect(await caller.nodes.drafts()).toEqual([]);
  expect((await caller.activity.list({ action: "node.create" })).items).toMatchObject([{ targetId: id }]);
});

test("an earlier report does not count: each test of a draft begins without one, and lengthens its time", async () => {
  const caller = await (await person(api, "Again")).caller();
  const { id } = await caller.nodes.create(nodeInput("pve"));
  await tested(api, id);
  const { draftUntil } = await row(id);
  api.clock.now = new Date(api.clock.now.getTime() + 60_000);
  await caller.nodes.probe({ id });
  await api.db.proxmoxNode.update({
    where: { id },
    data: { probing: false, state: "needs_attention", stateReason: { why: "token_refused", node: "pve" } },
  });
  expect((await refusal(caller.nodes.save({ id }))).message).toEqual(notTested);
  expect((await row(id)).draftUntil?.getTime()).toBe(Number(draftUntil?.getTime()) + 60_000);
});

test("a node keeps its old secrets until new ones were tested and saved; a failed test leaves it untouched", async () => {
  const ada = await person(api, "Rotates");
  const caller = await ada.caller();
  const id = await onlineNode(api, ada, "pve");
  const before = await row(id);
  const { tokenSecret: _token, sshPassword: _password, ...place } = nodeInput("pve");
  const { id: failed } = await caller.nodes.update({ ...place, id, tokenSecret: other });
  await api.db.proxmoxNode.update({
    where: { id: failed },
    data: { probing: false, stateReason: { why: "token_refused", node: "pve" } },
  });
  expect((await refusal(caller.nodes.save({ id: failed }))).message).toEqual(notTested);
  expect(await row(id)).toEqual(before);

  const { id: draft } = await caller.nodes.update({ ...place, id, tokenSecret: other });
  expect((await refusal(caller.nodes.get({ id: failed }))).code).toBe("not_found"); // one draft of a node at a time
  expect(await caller.nodes.list()).toMatchObject([{ id, name: "pve" }]);
  await tested(api, draft);
  expect(await caller.nodes.save({ id: draft })).toEqual({ id });
  expect(await secretOf(id)).toBe(other);
  const { sshPassword } = await row(id);
  expect(api.vault.open({ table: "ProxmoxNode", row: id, column: "sshPassword" }, sshPassword ?? "")).toBe(SECRETS.ssh);
  expect((await caller.nodes.list()).map((node) => [node.id, node.isDefault])).toEqual([[id, true]]);
  expect((await refusal(caller.nodes.save({ id: draft }))).code).toBe("not_found");
  expect(await api.db.proxmoxNode.count({ where: { userId: ada.id } })).toBe(1);
});

test.each([
  ["api", "API reachable"],
  ["ssh", "SSH sign-in"],
])("secrets that do not get in are not saved: %s", async (line, label) => {
  const caller = await (await person(api, "Wrong")).caller();
  const { id } = await caller.nodes.create(nodeInput("pve"));
  await tested(api, id);
  const report = (failed: string) => ({
    lines: ["api", "privileges", "ssh"].map((one) => ({
      id: one,
      label: one === line ? label : one,
      state: one === failed ? "failed" : "ok",
      detail: "",
    })),
  });
  await api.db.proxmoxNode.update({ where: { id }, data: { state: "needs_attention", report: report(line) } });
  expect(await refusal(caller.nodes.save({ id }))).toMatchObject({
    code: "conflict",
    message: textWith(`its test failed: ${label}`),
  });
  await api.db.proxmoxNode.update({ where: { id }, data: { report: report("privileges") } });
  expect(await caller.nodes.save({ id })).toEqual({ id });
});

test("saving a change sets what it changes: a name and limits that were set on the node meanwhile stay", async () => {
  const ada = await person(api, "Meanwhile");
  const caller = await ada.caller();
  const id = await onlineNode(api, ada, "pve");
  const { tokenSecret: _token, sshPassword: _password, ...place } = nodeInput("pve");
  const limits = { vmidFrom: 200, vmidTo: 299, createsAtOnce: 2, tasksAtOnce: 4 };
  const { id: draft } = await caller.nodes.update({
    ...place,
    ...limits,
    id,
    tokenSecret: other,
    vmidFrom: null,
    vmidTo: null,
    tasksAtOnce: 7,
  });
  // Another tab, whose form shows the draft's older values, and one that changes the node itself.
  await caller.nodes.update({ ...place, id: draft, createsAtOnce: 2, tasksAtOnce: 7, tokenId: "root@pam!other" });
  await caller.nodes.update({ ...place, ...limits, id, name: "renamed", createsAtOnce: 5 });
  await tested(api, draft);
  await caller.nodes.save({ id: draft });
  expect(await row(id)).toMatchObject({
    name: "renamed",
    vmidFrom: 200,
    vmidTo: 299,
    createsAtOnce: 5,
    tasksAtOnce: 7,
    tokenId: "root@pam!other",
  });
});

test("a check that was under way when a change is saved looks again, with what was saved", async () => {
  const ada = await person(api, "Checked");
  const caller = await ada.caller();
  const id = await onlineNode(api, ada, "pve");
  const { tokenSecret: _token, sshPassword: _password, ...place } = nodeInput("pve");
  const { id: draft } = await caller.nodes.update({ ...place, id, tokenSecret: other });
  await tested(api, draft);
  await caller.nodes.probe({ id });
  const asked = api.engine.asked.filter((one) => one === `probe ${id}`).length;
  await caller.nodes.save({ id: draft });
  expect(api.engine.asked.filter((one) => one === `probe ${id}`).length).toBe(asked + 1);
  expect((await row(id)).probing).toBe(true);
});

test("so many are unsaved at once; a change that takes the place of one that nobody saved is not one more", async () => {
  const ada = await person(api, "Many");
  const caller = await ada.caller();
  const id = await onlineNode(api, ada, "pve");
  const { tokenSecret: _token, sshPassword: _password, ...place } = nodeInput("pve");
  const change = () => caller.nodes.update({ ...place, id, tokenSecret: other });
  for (let index = 1; index < 10; index += 1) await caller.nodes.create(nodeInput(`n${index}`));
  await api.db.proxmoxNode.updateMany({ where: { userId: ada.id }, data: { probing: false } });
  await change();
  const { id: last } = await change();
  const full = { code: "conflict", message: textWith("are not saved yet, which is the most at once") };
  expect(await refusal(caller.nodes.create(nodeInput("eleventh")))).toMatchObject(full);
  await caller.nodes.destroy({ id: last });
  await caller.nodes.create(nodeInput("tenth"));
  expect(await refusal(change())).toMatchObject(full);
});

test("confirming keys and changing a node are checks like the others: so many at once", async () => {
  const ada = await person(api, "Checks");
  const caller = await ada.caller();
  const id = await onlineNode(api, ada, "pve");
  const { userId, tokenSecret } = await row(id);
  await api.db.proxmoxNode.createMany({
    data: Array.from({ length: 10 }, (_, index) => ({
      userId,
      name: `busy ${index}`,
      host: "192.0.2.1",
      tokenId: "root@pam!x",
      tokenSecret,
      probing: true,
    })),
  });
  const { tokenSecret: _token, sshPassword: _password, ...place } = nodeInput("pve");
  const calls = [
    () => caller.nodes.confirm({ id, tlsFingerprint: "AA:BB", sshHostKey: null }),
    () => caller.nodes.update({ ...place, id, tasksAtOnce: 9 }),
    () => caller.nodes.update({ ...place, id, tokenSecret: other }),
  ];
  for (const call of calls)
    expect(await refusal(call())).toMatchObject({
      code: "too_many_requests",
      message: textWith("of your nodes are being checked"),
    });
  expect(await row(id)).toMatchObject({ tasksAtOnce: 4, probing: false });
  expect(await caller.nodes.drafts()).toEqual([]);
});

test("a draft is corrected where it is; discarded, or with its node deleted, nothing of it is left", async () => {
  const ada = await person(api, "Corrects");
  const caller = await ada.caller();
  const { id } = await caller.nodes.create(nodeInput("one"));
  const { tokenSecret: _token, sshPassword: _password, ...place } = nodeInput("one");
  expect(await caller.nodes.update({ ...place, id, tokenSecret: other })).toEqual({ id });
  expect(await secretOf(id)).toBe(other);
  await caller.nodes.destroy({ id });
  const node = await onlineNode(api, ada, "two");
  await caller.nodes.update({ ...place, name: "two", id: node, tokenSecret: other });
  await caller.nodes.destroy({ id: node });
  expect(await api.db.proxmoxNode.findMany({ where: { userId: ada.id } })).toMatchObject([
    { id: node, tokenSecret: "" },
  ]);
});

test("another's draft is not found, and a name that was taken meanwhile is refused when it is saved", async () => {
  const ada = await person(api, "Owner");
  const [caller, stranger] = [await ada.caller(), await (await person(api, "Stranger")).caller()];
  const { id } = await caller.nodes.create(nodeInput("pve"));
  await tested(api, id);
  const calls = [
    () => stranger.nodes.get({ id }),
    () => stranger.nodes.probe({ id }),
    () => stranger.nodes.save({ id }),
    () => stranger.nodes.destroy({ id }),
    () => stranger.nodes.confirm({ id, tlsFingerprint: "AA:BB", sshHostKey: null }),
    () => stranger.nodes.save({ id: randomUUID() }),
  ];
  for (const call of calls) expect((await refusal(call())).code).toBe("not_found");
  await onlineNode(api, ada, "pve");
  expect((await refusal(caller.nodes.save({ id }))).message).toContain("You have a node called");
});
