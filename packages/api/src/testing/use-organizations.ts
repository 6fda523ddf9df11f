// Every procedure on organizations, their members and invitations once, for the rules that hold for all of them.
import { randomUUID } from "node:crypto";
import { joins, type TestApi, type TestPerson } from "./fixture";
import type { Use } from "./use";

export async function useOrganizations(api: TestApi, ada: TestPerson, use: Use): Promise<void> {
  const caller = await ada.caller();
  const called = { name: "Workshop", slug: `o-${randomUUID().slice(0, 8)}` };
  const { id, slug } = await use("organizations.create", (requestKey) =>
    caller.organizations.create({ ...called, requestKey }),
  );
  await use("organizations.update", () => caller.organizations.update({ ...called, id, name: "Works" }));
  await use("organizations.requireSecondFactor", async () => {
    await api.db.secondFactor.create({ data: { userId: ada.id, secret: "sealed", confirmedAt: api.clock.now } });
    return (await ada.caller()).organizations.requireSecondFactor({ id, required: true });
  });
  await (await ada.caller()).organizations.requireSecondFactor({ id, required: false });
  await api.db.secondFactor.delete({ where: { userId: ada.id } });
  const member = (name: string) => joins(api, { organizationId: id, role: "VIEWER", name });
  const [bob, eve] = [await member("Bob"), await member("Eve")];
  // A caller knows its organizations as they were when its request came.
  const now = async () => (await ada.caller()).organizations;
  await use("organizations.get", async () => (await now()).get({ slug }));
  await use("organizations.members", async () => (await now()).members({ id }));
  await use("organizations.setRole", async () =>
    (await now()).setRole({ organizationId: id, userId: bob.id, role: "OPERATOR" }),
  );
  const { id: projectId } = await (
    await ada.caller()
  ).projects.create({ organizationId: id, ...called, requestKey: randomUUID() });
  await use("projects.setMemberRole", async () =>
    (await ada.caller()).projects.setMemberRole({ projectId, userId: bob.id, role: "VIEWER" }),
  );
  await use("projects.members", async () => (await ada.caller()).projects.members({ projectId }));
  await use("projects.removeMember", async () =>
    (await ada.caller()).projects.removeMember({ projectId, userId: bob.id }),
  );
  await use("organizations.removeMember", async () =>
    (await now()).removeMember({ organizationId: id, userId: bob.id }),
  );
  const invite = { organizationId: id, email: "", role: "VIEWER", projectId: "", projectRole: "inherited" } as const;
  const { id: invitationId } = await use("invitations.create", async () =>
    (await ada.caller()).invitations.create(invite),
  );
  const { token } = await use("invitations.renew", async () =>
    (await ada.caller()).invitations.renew({ id: invitationId }),
  );
  await use("invitations.list", async () => (await ada.caller()).invitations.list({ organizationId: id }));
  await use("invitations.show", async () => (await bob.caller()).invitations.show({ token }));
  await use("invitations.accept", async () => (await bob.caller()).invitations.accept({ token }));
  const { id: needless } = await (await ada.caller()).invitations.create(invite);
  await use("invitations.revoke", async () => (await ada.caller()).invitations.revoke({ id: needless }));
  await use("organizations.leave", async () => (await eve.caller()).organizations.leave({ id }));
  await use("projects.destroy", async () =>
    (await ada.caller()).projects.destroy({ id: projectId, name: called.name }),
  );
  await use("organizations.destroy", async () => (await ada.caller()).organizations.destroy({ id, name: "Works" }));
}
