// Refusals that a page of ours prevents, or shows like all others: the calls that provoke them, on rows made for them.
import { randomUUID } from "node:crypto";
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import { smallContainer } from "@homeport/testing/containers";
import { inventory } from "@homeport/testing/nodes";
import type { ShownBy } from "./refusal-types";

export interface Call {
  path: string;
  input: unknown;
  query?: boolean;
  headers?: Record<string, string>;
}

/** By refusal, the call that meets it; `userId` is who makes it. No node answers here: 192.0.2.0/24 is nobody's, and on port 1 of this machine nobody listens. */
export async function refusedCalls(
  { db, vault }: { db: Db; vault: Vault },
  userId: string,
): Promise<Record<ShownBy<"call">, Call>> {
  const { projectId } = await db.projectMember.findFirstOrThrow({ where: { userId } });
  const node = async (more: object): Promise<string> => {
    const id = randomUUID();
    const tokenSecret = vault.seal({ table: "ProxmoxNode", row: id, column: "tokenSecret" }, randomUUID());
    return (
      await db.proxmoxNode.create({
        data: {
          id,
          userId,
          name: `n-${id.slice(0, 8)}`,
          host: "192.0.2.7",
          tokenId: "root@pam!homeport",
          tokenSecret,
          ...more,
        },
      })
    ).id;
  };
  // A create asks its node for a plan first; that this one is away is known at once.
  const refuses = { host: "127.0.0.1", port: 1 };
  const pins = {
    tlsFingerprint: "AA:BB",
    sshHostKey: "SHA256:abc",
    seenTlsFingerprint: "AA:BB",
    seenSshHostKey: "SHA256:abc",
  };
  const online = await node({ name: "ready", ...refuses, ...pins, state: "online", inventory });
  const [unconfirmed, unlooked, spare] = [
    await node({}),
    await node({ ...refuses, ...pins, state: "online" }),
    await node({ ...pins, state: "online", inventory }),
  ];
  const draft = await node({ draftUntil: new Date(Date.now() + 600_000) });
  const revision = async (more: object): Promise<string> => {
    const name = `t-${randomUUID().slice(0, 8)}`;
    const definition = {
      name,
      title: name,
      summary: "s",
      icon: "globe",
      category: "web",
      os: { family: "debian", version: "12" },
      defaults: { cores: 1, memoryMib: 512, swapMib: 0, diskGib: 4 },
      estimate: { seconds: 1, downloadMib: 1 },
      packages: [],
      scripts: [{ name: "configure", title: "Configure", content: "true" }],
    };
    const made = await db.template.create({
      data: { name, ...more, revisions: { create: { revision: 1, hash: name, definition } } },
      include: { revisions: true },
    });
    return made.revisions[0]?.id ?? "";
  };
  const [offered, retired] = [await revision({}), await revision({ retiredAt: new Date() })];
  const create = (more: object): Call => ({
    path: "containers.create",
    input: {
      requestKey: randomUUID(),
      projectId,
      templateRevisionId: offered,
      nodeId: online,
      hostname: `c-${randomUUID().slice(0, 8)}`,
      ...smallContainer,
      memoryMib: 512,
      diskGib: 4,
      ...more,
    },
  });
  const spec = {
    ...(create({ hostname: "taken" }).input as Record<string, unknown>),
    requestKey: undefined,
    projectId: undefined,
  };
  const container = async (
    hostname: string,
    where: { projectId: string; vmid: number },
  ): Promise<{ id: string; runId: string }> => {
    const { id } = await db.container.create({
      data: {
        ...where,
        nodeId: online,
        templateRevisionId: offered,
        createdById: userId,
        hostname,
        lifecycle: "ready",
        spec: JSON.parse(JSON.stringify(spec)) as object,
      },
    });
    await db.guestObservation.create({
      data: {
        nodeId: online,
        vmid: where.vmid,
        kind: "lxc",
        name: hostname,
        status: "running",
        tags: `homeport-${id.replaceAll("-", "").slice(-12)}`,
        seenAt: new Date(),
      },
    });
    const run = await db.run.create({
      data: {
        kind: "start",
        state: "done",
        subjectType: "container",
        subjectId: id,
        containerId: id,
        projectId: where.projectId,
        nodeId: online,
        userId,
        requestKey: randomUUID(),
        endedAt: new Date(),
        steps: { create: { name: "start", title: "Start", position: 0, state: "done" } },
      },
    });
    return { id, runId: run.id };
  };
  const taken = await container("taken", { projectId, vmid: 100 });
  const others = await db.organization.create({
    data: {
      name: "o",
      slug: randomUUID(),
      projects: {
        create: {
          name: "p",
          slug: randomUUID(),
          members: { create: { userId, role: "VIEWER", inheritedFromOrg: false } },
        },
      },
    },
    include: { projects: true },
  });
  const viewed = await container("viewed", { projectId: others.projects[0]?.id ?? "", vmid: 101 });
  const orphan = await db.orphan.create({
    data: {
      kind: "container_gone",
      subject: `container:${taken.id}`,
      userId,
      nodeId: online,
      vmid: 100,
      containerId: taken.id,
    },
  });
  const full = await db.organization.create({
    data: {
      name: "full",
      slug: randomUUID(),
      members: { create: { userId, role: "ADMIN" } },
      projects: { createMany: { data: Array.from({ length: 200 }, () => ({ name: "p", slug: randomUUID() })) } },
    },
    select: { id: true, slug: true },
  });
  const place = { host: "192.0.2.8", tokenId: "root@pam!homeport" };
  const {
    hostname: _hostname,
    network: _network,
    requestKey: _key,
    ...shared
  } = create({}).input as Record<string, unknown>;
  const key = randomUUID();
  return {
    "input.invalid": { path: "auth.signUp", input: { name: "", email: "nonsense", password: "short" } },
    "request.origin": { path: "sessions.endOthers", input: undefined, headers: { "sec-fetch-site": "cross-site" } },
    "token.unknown": {
      path: "templates.list",
      input: undefined,
      query: true,
      headers: { authorization: `Bearer homeport_${"A".repeat(43)}` },
    },
    "role.forbids": { path: "containers.start", input: { id: viewed.id, requestKey: key } },
    "project.too_many": {
      path: "projects.create",
      input: {
        organizationId: full.id,
        name: "one more",
        slug: `more-${full.slug}`.slice(0, 40),
        requestKey: randomUUID(),
      },
    },
    "node.name_taken": { path: "nodes.create", input: { ...place, name: "ready", tokenSecret: randomUUID() } },
    "node.address": {
      path: "nodes.create",
      input: { ...place, name: "metadata", host: "169.254.10.1", tokenSecret: randomUUID() },
    },
    "node.input": { path: "nodes.update", input: { ...place, id: spare, name: "moved" } },
    "node.not_reached": { path: "nodes.confirm", input: { id: unconfirmed, tlsFingerprint: "AA", sshHostKey: null } },
    "node.other_identity": { path: "nodes.confirm", input: { id: online, tlsFingerprint: "CC:DD", sshHostKey: null } },
    "node.not_tested": { path: "nodes.save", input: { id: draft } },
    "node.saved_already": { path: "nodes.save", input: { id: online } },
    "node.has_containers": { path: "nodes.destroy", input: { id: online } },
    "create.node_state": create({ nodeId: unconfirmed }),
    "create.node_unknown": create({ nodeId: unlooked }),
    "create.not_offered": create({ storage: "nowhere" }),
    "create.taken": create({ hostname: "taken" }),
    "create.template_retired": create({ templateRevisionId: retired }),
    "create.script_needed": create({ scriptsOff: ["configure"] }),
    "plan.unknown": create({ planHash: "0".repeat(64) }),
    "batch.items": {
      path: "batches.create",
      input: { ...shared, hostnames: "taken", network: { mode: "dhcp" }, requestKey: key },
    },
    "operate.state": { path: "containers.start", input: { id: taken.id, requestKey: randomUUID() } },
    "credentials.none": { path: "containers.revealCredentials", input: { id: taken.id, service: "web" } },
    "run.state": { path: "runs.decide", input: { id: taken.runId, decision: "retry", requestKey: randomUUID() } },
    "run.nothing_to_edit": { path: "runs.stepInput", input: { id: taken.runId, step: "start" }, query: true },
    "run.not_repeatable": { path: "runs.input", input: { id: taken.runId }, query: true },
    "orphan.state": {
      path: "orphans.settle",
      input: { id: orphan.id, projectId, action: "reopen", requestKey: randomUUID() },
    },
  };
}
