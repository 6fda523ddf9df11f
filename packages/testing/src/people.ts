// Somebody with an organization and a project, as rows: for tests in which nobody signs in.
import { randomUUID } from "node:crypto";
import type { Db } from "@homeport/db/client";

export interface PersonRows {
  userId: string;
  organizationId: string;
  projectId: string;
}

export async function addPerson(db: Db, name: string): Promise<PersonRows> {
  const email = `${randomUUID()}@homeport.local`;
  const { id: userId } = await db.user.create({ data: { email, name, passwordHash: "-" } });
  const { id: organizationId } = await db.organization.create({
    data: { name, slug: randomUUID(), members: { create: { userId, role: "OWNER" } } },
  });
  const { id: projectId } = await db.project.create({
    data: { organizationId, name: "default", slug: randomUUID() },
  });
  return { userId, organizationId, projectId };
}
