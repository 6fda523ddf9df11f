// A project or an organization is deleted: only when nothing is left in it, however closely a container comes at the same moment.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  containerInput,
  finishRun,
  joins,
  onlineNode,
  person,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";

let api: TestApi;
let ada: TestPerson;
let nodeId: string;
let revisionId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
});
afterAll(() => api.close());

const slug = () => `x-${randomUUID().slice(0, 8)}`;
const organization = async () =>
  (await ada.caller()).organizations.create({ name: "Works", slug: slug(), requestKey: randomUUID() });
const project = async (organizationId: string, name = "Web") =>
  (await ada.caller()).projects.create({ organizationId, name, slug: slug(), requestKey: randomUUID() });
const destroy = async (id: string, { by = ada, name = "Web" } = {}) =>
  (await by.caller()).projects.destroy({ id, name });
const create = async (projectId: string) =>
  (await ada.caller()).containers.create({
    ...containerInput(nodeId, revisionId, `c-${randomUUID().slice(0, 8)}`),
    projectId,
  });
/** As the run that destroys it leaves it. */
const gone = (id: string) => api.db.container.update({ where: { id }, data: { lifecycle: "deleted" } });

test("the typed name has to be the project's; then it is gone, its slug is free, and its record stays", async () => {
  const { id: organizationId } = await organization();
  const { id, slug: freed } = await project(organizationId);
  const { containerId, runId } = await create(id);
  await finishRun(api, runId);
  await gone(containerId);
  expect((await refusal(destroy(id, { name: "web" }))).fields).toEqual({ name: "Type Web to confirm." });
  await destroy(id);
  expect((await refusal((await ada.caller()).projects.get({ slug: freed }))).code).toBe("not_found");
  expect((await refusal(create(id))).code).toBe("not_found");
  expect((await refusal(destroy(id))).code).toBe("not_found");
  await (await ada.caller()).projects.create({ organizationId, name: "Other", slug: freed, requestKey: randomUUID() });
  expect(await api.db.run.count({ where: { projectId: id } })).toBe(1);
  const lines = (await (await ada.caller()).activity.list({ action: "project.destroy" })).items;
  expect(lines.map(({ targetId, targetName }) => [targetId, targetName])).toContainEqual([id, "Web"]);
});

test("what is in it is said, a run that is not finished too", async () => {
  const { id } = await project((await organization()).id);
  const { containerId, runId } = await create(id);
  expect((await refusal(destroy(id))).message).toContain("There are containers left (Web: 1).");
  await gone(containerId);
  expect((await refusal(destroy(id))).message).toContain("A run in it is not finished (Web).");
  await finishRun(api, runId);
  await destroy(id);
});

test("of a deletion and creations at the same moment, no container is left in a project that is gone", async () => {
  const { id: organizationId } = await organization();
  for (let round = 0; round < 6; round += 1) {
    const { id } = await project(organizationId);
    const [deletion, ...creations] = await Promise.allSettled([destroy(id), create(id), create(id)]);
    const made = creations.filter(({ status }) => status === "fulfilled").length;
    const { retiredAt } = await api.db.project.findUniqueOrThrow({ where: { id } });
    const held = await api.db.container.count({ where: { projectId: id } });
    expect([round, held, retiredAt !== null && held > 0]).toEqual([round, made, false]);
    expect(deletion.status === "fulfilled").toBe(retiredAt !== null);
  }
});

test("the database itself keeps containers out of a project that is gone, and a project with containers from going", async () => {
  const { id: organizationId } = await organization();
  const [{ id: full }, { id: empty }] = [await project(organizationId), await project(organizationId)];
  const { containerId } = await create(full);
  const retire = (id: string) => api.db.project.update({ where: { id }, data: { retiredAt: api.clock.now } });
  await expect(retire(full)).rejects.toThrow(/has containers/);
  await retire(empty);
  const moved = api.db.container.update({ where: { id: containerId }, data: { projectId: empty } });
  await expect(moved).rejects.toMatchObject({ code: "P2003" });
  await gone(containerId);
  await retire(full);
  const back = api.db.container.update({ where: { id: containerId }, data: { lifecycle: "ready" } });
  await expect(back).rejects.toMatchObject({ code: "P2003" });
});

test("owners and administrators of the organization delete a project, whoever runs only the project does not; an owner alone deletes the organization", async () => {
  const { id: organizationId } = await organization();
  const { id } = await project(organizationId);
  const [lead, admin] = [
    await joins(api, { organizationId, role: "VIEWER" }),
    await joins(api, { organizationId, role: "ADMIN" }),
  ];
  await (await ada.caller()).projects.setMemberRole({ projectId: id, userId: lead.id, role: "ADMIN" });
  expect((await refusal(destroy(id, { by: lead }))).code).toBe("forbidden");
  const end = async (by: TestPerson) =>
    (await by.caller()).organizations.destroy({ id: organizationId, name: "Works" });
  expect((await refusal(end(admin))).code).toBe("forbidden");
  await destroy(id, { by: admin });
  await end(ada);
  expect((await (await admin.caller()).organizations.list()).map((one) => one.id)).not.toContain(organizationId);
});

test("an organization goes with its projects, its invitations and what was shared into them; with a container in one it stays whole", async () => {
  const { id: organizationId, slug: freed } = await organization();
  const [{ id: full }, { id: empty }] = [await project(organizationId, "Full"), await project(organizationId, "Empty")];
  const { containerId, runId } = await create(full);
  await (await ada.caller()).nodes.share({ id: nodeId, projectId: empty });
  const { token } = await (
    await ada.caller()
  ).invitations.create({ organizationId, email: "", role: "VIEWER", projectId: empty, projectRole: "inherited" });
  const end = async () => (await ada.caller()).organizations.destroy({ id: organizationId, name: "Works" });
  expect((await refusal(end())).message).toContain("There are containers left (Full: 1).");
  expect(await api.db.project.count({ where: { organizationId, retiredAt: null } })).toBe(2);
  await finishRun(api, runId);
  await gone(containerId);
  await end();
  expect(await api.db.project.count({ where: { organizationId, retiredAt: null } })).toBe(0);
  expect(await (await ada.caller()).nodes.shares({ id: nodeId })).toEqual([]);
  expect((await (await ada.caller()).invitations.show({ token })).state).toBe("revoked");
  await (await ada.caller()).organizations.create({ name: "New", slug: freed, requestKey: randomUUID() });
  expect((await refusal(end())).code).toBe("not_found");
});

test("an invitation into a project that was deleted leads to the organization", async () => {
  const { id: organizationId } = await organization();
  const { id } = await project(organizationId);
  const { token } = await (
    await ada.caller()
  ).invitations.create({ organizationId, email: "", role: "OPERATOR", projectId: id, projectRole: "VIEWER" });
  await destroy(id);
  const bob = await person(api, "Bob");
  expect(await (await bob.caller()).invitations.accept({ token })).toMatchObject({ projectSlug: null });
});

test("a personal organization keeps a project, and is nobody's to delete", async () => {
  const [own] = await (await ada.caller()).organizations.list();
  const organizationId = own?.id ?? "";
  const name = own?.name ?? "";
  expect((await refusal(destroy(ada.projectId, { name: "default" }))).message).toContain("keeps one project at least");
  expect((await refusal((await ada.caller()).organizations.destroy({ id: organizationId, name }))).message).toContain(
    "the person's own organization",
  );
  const second = await project(organizationId);
  await destroy(second.id);
});

test("a rename or a share that comes a moment after the deletion changes nothing", async () => {
  const { id: organizationId } = await organization();
  const { id, slug: freed } = await project(organizationId);
  const [rename, share] = [await ada.caller(), await ada.caller()];
  await Promise.all([rename.projects.list(), share.projects.list()]); // they have read their roles
  await destroy(id);
  expect((await refusal(rename.projects.update({ id, name: "Web", slug: freed }))).code).toBe("not_found");
  expect((await refusal(share.nodes.share({ id: nodeId, projectId: id }))).code).toBe("not_found");
  await (await ada.caller()).projects.create({ organizationId, name: "Web", slug: freed, requestKey: randomUUID() });
});
