// What PostgreSQL refuses of quotas and of the limits of a share, whoever writes them.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "./testing";

let database: TestDatabase;
let userId: string;
beforeAll(async () => {
  database = await testDatabase();
  const person = { email: `${randomUUID()}@example.com`, name: "Ada", passwordHash: "x" };
  ({ id: userId } = await database.db.user.create({ data: person }));
});
afterAll(() => database.close());

async function place() {
  const { id: organizationId, projects } = await database.db.organization.create({
    data: {
      name: "o",
      slug: randomUUID(),
      members: { create: { userId, role: "OWNER" } },
      projects: { create: { name: "p", slug: randomUUID() } },
    },
    include: { projects: true },
  });
  return { organizationId, projectId: projects[0]?.id ?? "" };
}

test("quota_of_one, quota_limits: a quota is of one thing alone, once, limits something, and nothing below zero", async () => {
  const { organizationId, projectId } = await place();
  const create = (data: object) => database.db.quota.create({ data });
  await expect(create({ containers: 1 })).rejects.toThrow("quota_of_one");
  await expect(create({ projectId, userId, containers: 1 })).rejects.toThrow("quota_of_one");
  await expect(create({ projectId })).rejects.toThrow("quota_limits");
  await expect(create({ projectId, containers: 3, cores: -1 })).rejects.toThrow("quota_limits");
  await create({ projectId, containers: 0 });
  await expect(create({ projectId, containers: 1 })).rejects.toMatchObject({ code: "P2002" });
  await create({ organizationId, cores: 1 });
  await create({ userId, diskGib: 1 });
});

test("project_node_vmids, project_node_quota: a share has both ends of a range or none, in order, and no amount below zero", async () => {
  const { projectId } = await place();
  const { id: nodeId } = await database.db.proxmoxNode.create({
    data: { userId, name: randomUUID(), host: "h", tokenId: "t", tokenSecret: "s" },
  });
  await database.db.projectNode.create({ data: { projectId, nodeId, sharedById: userId } });
  const update = (data: object) =>
    database.db.projectNode.update({ where: { projectId_nodeId: { projectId, nodeId } }, data });
  await expect(update({ vmidFrom: 200 })).rejects.toThrow("project_node_vmids");
  await expect(update({ vmidFrom: 300, vmidTo: 200 })).rejects.toThrow("project_node_vmids");
  await expect(update({ vmidFrom: 99, vmidTo: 200 })).rejects.toThrow("project_node_vmids");
  await expect(update({ memoryMib: -1 })).rejects.toThrow("project_node_quota");
  expect(await update({ vmidFrom: 200, vmidTo: 200, containers: 0 })).toMatchObject({
    privileged: false,
    storages: [],
  });
});
