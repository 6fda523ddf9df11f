// The API over a real database, with an engine in memory: what its tests share.
import { Prisma } from "@homeport/db/client";
import { randomBytes, randomUUID } from "node:crypto";
import { createAuth } from "@homeport/auth";
import type { OrganizationRole } from "@homeport/db/types";
import { createVault } from "@homeport/db/sealing";
import { testDatabase } from "@homeport/db/testing";
import { TokenPermissions } from "@homeport/domain/access/token-scope";
import type { CreateTokenInput } from "@homeport/domain/account/token-input";
import type { CreateBatchInput } from "@homeport/domain/batch/batch-input";
import type { CreateContainerInput } from "@homeport/domain/container/container-input";
import type { CreateNodeInput } from "@homeport/domain/node/node-input";
import { type MailContent, StoredMail } from "@homeport/domain/stored/mail";
import { smallContainer } from "@homeport/testing/containers";
import { inventory } from "@homeport/testing/nodes";
import { offerTemplate } from "@homeport/testing/templates";
import { createContext } from "../context";
import type { Deps } from "../deps";
import { createCaller } from "../root";
import { createGate } from "../gate";
import { createWake } from "../wake";
import { memoryEngine } from "./memory-engine";

export const PASSWORD = "my lab hums at night";
export const SECRETS = {
  token: "0123abcd-0123-4567-89ab-0123456789ab",
  ssh: "ssh-secret-Xq7w",
  credential: "service-secret-Zt5k",
};
export { IMAGE } from "@homeport/testing/containers";

/** Everything real but the engine; `clock.now` can be moved. */
export async function startApi(overrides: Partial<Deps["config"]> = {}) {
  const database = await testDatabase();
  const clock = { now: new Date() };
  const time = (): Date => new Date(clock.now);
  const auth = createAuth({ db: database.db, secureCookies: false, clock: time, limitFactor: 1_000 });
  const wake = createWake(database.url);
  await wake.ready;
  const engine = memoryEngine();
  const logged: unknown[] = [];
  const vault = createVault({ current: "k1", keys: { k1: randomBytes(32) } });
  const deps: Deps = {
    db: database.db,
    auth,
    vault,
    engine,
    wake,
    gate: createGate(),
    clock: time,
    log: (entry) => {
      logged.push(entry);
    },
    resolve: () => Promise.resolve([]),
    config: {
      nodes: { allowLoopback: false, ownPorts: [] },
      trustedProxies: [],
      origins: [],
      temporalUiUrl: "http://127.0.0.1:8233",
      temporalNamespace: "default",
      ...overrides,
    },
  };
  const close = async (): Promise<void> => {
    await wake.close();
    await database.close();
  };
  return { db: database.db, url: database.url, deps, engine, auth, vault, clock, logged, close };
}
export type TestApi = Awaited<ReturnType<typeof startApi>>;

export const sameOrigin = {
  "content-type": "application/json",
  "sec-fetch-site": "same-origin",
  "user-agent": "test browser",
};

/** A browser: it keeps the cookie that it is given. */
export function browser(
  api: TestApi,
  { ip = "192.0.2.1", headers = sameOrigin }: { ip?: string; headers?: Record<string, string> } = {},
) {
  const jar = createJar();
  const caller = async ({
    more = {},
    deps = api.deps,
    signal,
  }: { more?: Record<string, string>; deps?: Deps; signal?: AbortSignal } = {}) => {
    const req = { headers: new Headers({ ...headers, ...more, ...(jar.cookie === "" ? {} : { cookie: jar.cookie }) }) };
    const resHeaders = jar.answer();
    return createCaller(
      await createContext({ req, resHeaders, peer: ip, deps }),
      signal === undefined ? {} : { signal },
    );
  };
  return { jar, caller };
}

/** Keeps the cookie of the newest answer that set one. */
function createJar() {
  let kept = "";
  let pending: Headers[] = [];
  return {
    get cookie(): string {
      for (const headers of pending) kept = headers.getSetCookie().at(-1)?.split(";")[0] ?? kept;
      pending = pending.filter((headers) => headers.getSetCookie().length === 0);
      return kept;
    },
    set cookie(cookie: string) {
      pending = [];
      kept = cookie;
    },
    answer(): Headers {
      const headers = new Headers();
      pending.push(headers);
      return headers;
    },
  };
}

/** Somebody with an account, signed in. */
export async function person(api: TestApi, name: string) {
  const { jar, caller } = browser(api);
  const email = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`;
  const { id } = await (await caller()).auth.signUp({ name, email, password: PASSWORD });
  const { landing } = await (await caller()).projects.list();
  return { id, name, email, jar, caller, projectId: landing.id, slug: landing.slug };
}
export type TestPerson = Awaited<ReturnType<typeof person>>;

/** A token of somebody's; all that a token can be given, everywhere, unless it is said. */
export async function tokenOf(who: TestPerson, given: Partial<CreateTokenInput> = {}) {
  const input = { name: randomUUID(), days: 30, permissions: [...TokenPermissions], projectIds: null, ...given };
  return (await who.caller()).tokens.create(input);
}

/** A program that has nothing but a token. */
export function program(api: TestApi, token: string) {
  const headers = {
    "content-type": "application/json",
    "user-agent": "test program",
    authorization: `Bearer ${token}`,
  };
  return browser(api, { headers });
}

/** What the newest mail to an address says. */
export async function mailTo(api: TestApi, to: string): Promise<MailContent> {
  const { id, content } = await api.db.mail.findFirstOrThrow({ where: { to }, orderBy: { id: "desc" } });
  return StoredMail.parse(JSON.parse(api.vault.open({ table: "Mail", row: id, column: "content" }, content ?? "")));
}

/** The token of the link in it. */
export async function linkTo(api: TestApi, to: string): Promise<string> {
  const content = await mailTo(api, to);
  if (!("token" in content)) throw new Error(`a mail about ${content.kind} has no link`);
  return content.token;
}

/** Somebody new with a role in an organization. */
export async function joins(
  api: TestApi,
  { organizationId, role, name = "Bob" }: { organizationId: string; role: OrganizationRole; name?: string },
): Promise<TestPerson> {
  const one = await person(api, name);
  await api.db.organizationMember.create({ data: { organizationId, userId: one.id, role } });
  return one;
}

export function nodeInput(name: string): CreateNodeInput {
  return {
    name,
    host: "192.168.1.10",
    tokenId: "root@pam!homeport",
    tokenSecret: SECRETS.token,
    sshUser: "root",
    sshPassword: SECRETS.ssh,
  };
}

const pins = {
  tlsFingerprint: "AA:BB",
  sshHostKey: "SHA256:abc",
  seenTlsFingerprint: "AA:BB",
  seenSshHostKey: "SHA256:abc",
};

/** What a draft is after its pins were confirmed and its probe went well. */
export async function tested(api: TestApi, id: string): Promise<void> {
  const report = { lines: [{ id: "api", label: "API", state: "ok", detail: "It answers." }] };
  await api.db.proxmoxNode.update({
    where: { id },
    data: { ...pins, state: "online", stateReason: Prisma.DbNull, probing: false, inventory, report },
  });
}

/** By node: the project that its owner lands in, where `containerInput` and `batchInput` make things. */
const projectOfNode = new Map<string, string>();

/** A node that was tested and saved. */
export async function onlineNode(api: TestApi, owner: TestPerson, name: string): Promise<string> {
  const caller = await owner.caller();
  const { id } = await caller.nodes.create(nodeInput(name));
  await tested(api, id);
  await caller.nodes.save({ id });
  projectOfNode.set(id, owner.projectId);
  return id;
}

/** A template with one package and one script, in one revision. */
export async function template(api: TestApi, name = `web-${randomUUID().slice(0, 8)}`): Promise<string> {
  const { templateRevisionId } = await offerTemplate(api.db, {
    name,
    title: "Web server",
    summary: "Serves pages.",
    defaults: { cores: 1, memoryMib: 512, swapMib: 0, diskGib: 4 },
    estimate: { seconds: 60, downloadMib: 10 },
    files: [],
    scripts: [{ name: "configure", title: "Configure", content: "true" }],
  });
  return templateRevisionId;
}

export function containerInput(
  nodeId: string,
  templateRevisionId: string,
  hostname: string,
): CreateContainerInput & { requestKey: string; projectId: string } {
  return {
    projectId: projectOfNode.get(nodeId) ?? randomUUID(),
    requestKey: randomUUID(),
    templateRevisionId,
    nodeId,
    hostname,
    ...smallContainer,
    memoryMib: 512,
    diskGib: 4,
  };
}

export function batchInput(
  nodeId: string,
  templateRevisionId: string,
  hostnames: string,
): CreateBatchInput & { requestKey: string; projectId: string } {
  const { hostname: _hostname, network: _network, ...rest } = containerInput(nodeId, templateRevisionId, "unused");
  return { ...rest, hostnames, network: { mode: "dhcp" } };
}

/** A container that is ready and was seen in `status` a moment ago, with a service that has credentials. */
export async function readyContainer(
  api: TestApi,
  owner: TestPerson,
  at: { nodeId: string; templateRevisionId: string; hostname: string; vmid: number; status?: string },
) {
  const { nodeId, hostname, vmid, templateRevisionId, status = "running" } = at;
  const { containerId, runId } = await (
    await owner.caller()
  ).containers.create({ ...containerInput(nodeId, templateRevisionId, hostname), vmid });
  await finishRun(api, runId);
  await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "ready", address: "10.0.0.5" } });
  await api.db.guestObservation.create({
    data: {
      nodeId,
      vmid,
      kind: "lxc",
      name: hostname,
      status,
      tags: `homeport-${containerId.replaceAll("-", "").slice(-12)}`,
      maxMem: 512n * 1024n ** 2n,
      seenAt: api.clock.now,
    },
  });
  const serviceId = randomUUID();
  const credentials = api.vault.seal(
    { table: "ContainerService", row: serviceId, column: "credentials" },
    JSON.stringify({ password: SECRETS.credential }),
  );
  await api.db.containerService.create({
    data: { id: serviceId, containerId, name: "web", kind: "http", port: 80, credentials },
  });
  return { containerId, runId };
}

export async function finishRun(api: TestApi, id: string, state: "done" | "failed" = "done"): Promise<void> {
  await api.db.run.update({
    where: { id },
    data: { state, startedAt: api.clock.now, endedAt: api.clock.now, version: { increment: 1 } },
  });
}
