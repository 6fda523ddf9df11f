// The product as its dashboard's browser sees it: signed in as the demo person, over HTTP.
import type { AppRouter } from "@homeport/api";
import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";

export type Product = ReturnType<typeof createTRPCClient<AppRouter>>;

interface Session {
  product: Product;
  /** As the next request's header has it. */
  cookie: string;
}

/** Signs in and answers a client that keeps the session. */
export async function signIn(url: string, credentials: { email: string; password: string }): Promise<Product> {
  return (await openSession(url, credentials)).product;
}

/** The same, for a reader that asks by itself (a stream, a browser). */
export async function openSession(url: string, credentials: { email: string; password: string }): Promise<Session> {
  let cookie = "";
  const product = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        transformer: superjson,
        fetch: async (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set("origin", url);
          if (cookie !== "") headers.set("cookie", cookie);
          const answer = await fetch(input, { ...(init as RequestInit), headers });
          const set = answer.headers.get("set-cookie");
          if (set) cookie = set.split(";")[0] ?? "";
          return answer;
        },
      }),
    ],
  });
  await product.auth.signIn.mutate(credentials);
  return {
    product,
    get cookie() {
      return cookie;
    },
  };
}

/** Asks until `done` answers something; fails after `deadlineMs`. */
export async function until<T>(what: string, deadlineMs: number, done: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await done();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${deadlineMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The nginx template with the wizard's defaults, on the person's default node. */
export async function createNginx(product: Product, hostname: string): Promise<{ runId: string; containerId: string }> {
  return product.containers.create.mutate({
    requestKey: crypto.randomUUID(),
    ...(await inputOf(product, { template: "nginx", hostname })),
  });
}

/** What the wizard sends for a template with its defaults, on the person's default node. */
export async function inputOf(product: Product, { template: name, hostname }: { template: string; hostname: string }) {
  const node = await until("a node that is online", 60_000, async () =>
    (await product.nodes.list.query()).find(({ isDefault, state }) => isDefault && state === "online"),
  );
  const inventory = await until(
    "the node's inventory",
    60_000,
    async () => (await product.nodes.inventory.query({ id: node.id })) ?? undefined,
  );
  const template = (await product.templates.list.query()).find((one) => one.name === name);
  const storage = inventory.storages.find(({ forContainers }) => forContainers);
  const [bridge] = inventory.bridges;
  const osTemplate = inventory.osTemplates.find(({ volid }) => volid.includes("debian-12"));
  if (!template || !storage || !bridge || !osTemplate)
    throw new Error(`the node lacks what the template ${name} needs`);
  const { landing } = await product.projects.list.query();
  return {
    projectId: landing.id,
    templateRevisionId: template.revisionId,
    nodeId: node.id,
    hostname,
    osTemplate: osTemplate.volid,
    ...template.defaults,
    storage: storage.name,
    bridge: bridge.name,
    network: { mode: "dhcp" as const },
  };
}
