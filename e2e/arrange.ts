// A signed-in person with the lab's node, made by the API: for tests whose point begins after that.
import { randomUUID } from "node:crypto";
import type { AppRouter } from "@homeport/api";
import { expect, type BrowserContext } from "@playwright/test";
import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import { somebody, type Person } from "./people";
import { labNode, labSecrets, readInfo } from "./stack";

/** With a person in the context, whose pages are signed in from then on (a cookie is of the host, whatever the port); the node is confirmed, online and saved. */
export async function arrangeNode(
  context: BrowserContext,
  { name = "pve", person = somebody() } = {},
): Promise<Person> {
  await arrangePerson(context, person);
  const api = product(context);
  const { host, port, tokenId, sshUser, sshPort, fingerprint, hostKey } = labNode();
  const { id } = await api.nodes.create.mutate({ name, host, port, tokenId, sshUser, sshPort, ...labSecrets() });
  await expect.poll(async () => (await api.nodes.get.query({ id })).probing).toBe(false);
  await api.nodes.confirm.mutate({ id, tlsFingerprint: fingerprint, sshHostKey: hostKey });
  await expect.poll(async () => (await api.nodes.get.query({ id })).state).toBe("online");
  await expect.poll(async () => (await api.nodes.get.query({ id })).probing).toBe(false);
  await api.nodes.save.mutate({ id });
  return person;
}

/** Signed up, and signed in in the context. */
export async function arrangePerson(context: BrowserContext, person = somebody()): Promise<Person> {
  await product(context).auth.signUp.mutate(person);
  return person;
}

/** Of who is signed in in the context; answers its slug. */
export async function arrangeOrganization(context: BrowserContext, name: string): Promise<string> {
  const slug = `o-${randomUUID().slice(0, 8)}`;
  await product(context).organizations.create.mutate({ name, slug, requestKey: randomUUID() });
  return slug;
}

/** Makes who is signed in in `guest` an operator of the project that `owner` lands in, by an invitation; answers the ids that roles are set with. */
export async function arrangeMember(
  owner: BrowserContext,
  guest: BrowserContext,
): Promise<{ projectId: string; slug: string; setRole: (role: "OPERATOR" | "VIEWER") => Promise<unknown> }> {
  const [api, theirs] = [product(owner), product(guest)];
  const { landing } = await api.projects.list.query();
  const { id: projectId, slug, organization } = landing;
  const { token } = await api.invitations.create.mutate({
    organizationId: organization.id,
    email: "",
    role: "OPERATOR",
    projectId,
    projectRole: "inherited",
  });
  await theirs.invitations.accept.mutate({ token });
  const { id: userId = "" } = (await theirs.auth.me.query()) ?? {};
  const setRole = (role: "OPERATOR" | "VIEWER") =>
    api.organizations.setRole.mutate({ organizationId: organization.id, userId, role });
  return { projectId, slug, setRole };
}

function product(context: BrowserContext) {
  const { url } = readInfo();
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        transformer: superjson,
        fetch: async (input, init) => {
          const headers = { ...Object.fromEntries(new Headers(init?.headers)), origin: url };
          const answer = await context.request.fetch(input instanceof Request ? input.url : input.toString(), {
            method: init?.method ?? "GET",
            headers,
            ...(typeof init?.body === "string" ? { data: init.body } : {}),
          });
          return new Response(await answer.text(), {
            status: answer.status(),
            headers: { "content-type": "application/json" },
          });
        },
      }),
    ],
  });
}
