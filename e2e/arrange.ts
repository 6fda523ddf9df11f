// A signed-in person with the lab's node, made by the API: for tests whose point begins after that.
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
