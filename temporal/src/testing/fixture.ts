// A whole small installation for a test: database, keys, a lab in memory, a confirmed node, a template, and the rows of runs.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Db, Prisma } from "@homeport/db/client";
import { createVault, type Vault } from "@homeport/db/sealing";
import { testDatabase } from "@homeport/db/testing";
import type { RunKind, RunState } from "@homeport/db/types";
import { CreateContainerInput, type ContainerSpec } from "@homeport/domain/container/container-input";
import { planOperation, planProvision } from "@homeport/domain/run/run-plan";
import { isActive } from "@homeport/domain/run/run-state";
import { TemplateDefinition } from "@homeport/domain/template/template";
import { containerIdOf, containerOf } from "@homeport/domain/run/run-subject";
import { type OperationKind } from "@homeport/domain/run/run-kinds";
import { startLab, type Lab, type LabOptions } from "@homeport/lab";
import { subjectColumns } from "@homeport/records/subject-columns";
import type { PayloadCodec } from "@temporalio/common";
import type { z } from "zod";
import { createCodec } from "../codec";

export interface Fixture {
  db: Db;
  databaseUrl: string;
  vault: Vault;
  codec: PayloadCodec;
  keys: { current: string; keys: Record<string, string> };
  lab: Lab;
  dir: string;
  userId: string;
  nodeId: string;
  tokenSecret: string;
  /** Rows of a container and its queued run, as the API writes them. */
  provision(spec?: Partial<ContainerSpec>, template?: Partial<Template>): Promise<Started>;
  operate(containerId: string, kind: OperationKind): Promise<Started>;
  /** Waits until the run is in one of the states; throws with its steps when it ends otherwise or not in time. */
  until(runId: string, states: readonly RunState[] | RunState, withinMs?: number): Promise<RunWithSteps>;
  output(runId: string, step: string, stream?: string): Promise<string>;
  restartLab(options?: Partial<LabOptions>): Promise<void>;
  close(): Promise<void>;
}

export interface Started {
  runId: string;
  containerId: string;
  nodeId: string;
  kind: RunKind;
}

type Template = z.input<typeof TemplateDefinition>;

type RunRow = Prisma.RunGetPayload<{ include: { steps: true; container: true } }>;
export type RunWithSteps = RunRow & { containerId: string; container: NonNullable<RunRow["container"]> };

export const testTemplate = {
  name: "web",
  title: "Web",
  summary: "A web server.",
  icon: "globe",
  category: "web",
  os: { family: "debian", version: "12" },
  defaults: { cores: 1, memoryMib: 256, swapMib: 0, diskGib: 2 },
  estimate: { seconds: 10, downloadMib: 1 },
  packages: [{ manager: "apt", name: "nginx" }],
  files: [{ target: "/etc/motd", content: "hello\n" }],
  scripts: [
    {
      name: "configure",
      title: "Configure it",
      content: ". /usr/local/lib/homeport/helpers\nlog first line\nprintf 'zwölf € — ende\\n'\nlog last line\n",
    },
    {
      name: "serve",
      title: "Serve a page",
      content:
        ". /usr/local/lib/homeport/helpers\nservice web tcp 8080 /\ncredential web password hunter2-sekret\nlog served\n",
    },
  ],
} satisfies Template;

export async function openFixture(options: Partial<LabOptions> = {}): Promise<Fixture> {
  const dir = await mkdtemp(path.join(tmpdir(), "homeport-temporal-"));
  const database = await testDatabase();
  const { db, url } = database;
  const key = randomBytes(32);
  const vault = createVault({ current: "k1", keys: { k1: key } });
  const open = (more: Partial<LabOptions> = {}) =>
    startLab({
      backend: "memory",
      scale: 0,
      resourcesLagMs: 0,
      authDelayMs: 0,
      stateDir: path.join(dir, "lab"),
      ...options,
      ...more,
    });
  let lab = await open();

  const email = `${randomUUID()}@homeport.local`;
  const user = await db.user.create({ data: { email, name: "Ada", passwordHash: "-" } });
  const organization = await db.organization.create({
    data: {
      name: "Ada",
      slug: randomUUID(),
      members: { create: { userId: user.id, role: "OWNER" } },
      projects: { create: { name: "default", slug: randomUUID() } },
    },
    include: { projects: true },
  });
  const projectId = organization.projects[0]?.id ?? "";
  const nodeId = randomUUID();
  await db.proxmoxNode.create({
    data: {
      id: nodeId,
      userId: user.id,
      name: "lab",
      host: lab.host,
      port: lab.port,
      pveName: "pve",
      tokenId: lab.token.id,
      state: "online",
      tokenSecret: vault.seal({ table: "ProxmoxNode", row: nodeId, column: "tokenSecret" }, lab.token.secret),
      sshUser: lab.ssh.user,
      sshPort: lab.sshPort,
      sshPassword: vault.seal({ table: "ProxmoxNode", row: nodeId, column: "sshPassword" }, lab.ssh.password),
      tlsFingerprint: lab.fingerprint,
      sshHostKey: lab.hostKey,
    },
  });

  const fixture: Fixture = {
    db,
    databaseUrl: url,
    vault,
    codec: createCodec({ current: "k1", keys: { k1: key } }),
    dir,
    nodeId,
    userId: user.id,
    keys: { current: "k1", keys: { k1: key.toString("base64") } },
    get lab() {
      return lab;
    },
    tokenSecret: lab.token.secret,
    async provision(spec = {}, template = {}) {
      const definition = TemplateDefinition.parse({ ...testTemplate, name: `t-${randomUUID()}`, ...template });
      const { revisions } = await db.template.create({
        data: { name: definition.name, revisions: { create: { revision: 1, hash: randomUUID(), definition } } },
        include: { revisions: true },
      });
      const templateRevisionId = revisions[0]?.id ?? "";
      const parsed = CreateContainerInput.parse({
        templateRevisionId,
        nodeId,
        hostname: `h-${randomUUID().slice(0, 8)}`,
        osTemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
        cores: 1,
        memoryMib: 256,
        swapMib: 0,
        diskGib: 2,
        storage: "local-lvm",
        bridge: "vmbr0",
        network: { mode: "dhcp" },
        ...spec,
      });
      const container = await db.container.create({
        data: {
          projectId,
          nodeId,
          templateRevisionId,
          createdById: user.id,
          hostname: parsed.hostname,
          vmid: parsed.vmid,
          spec: parsed,
        },
      });
      return start(container.id, "provision", planProvision(definition, parsed));
    },
    operate: (containerId, kind) => start(containerId, kind, planOperation(kind)),
    async until(runId, wanted, withinMs = 180_000) {
      const states = typeof wanted === "string" ? [wanted] : wanted;
      for (const deadline = Date.now() + withinMs; ; await new Promise((resolve) => setTimeout(resolve, 25))) {
        const readState = () => db.run.findUniqueOrThrow({ where: { id: runId }, select: { state: true } });
        const read = () =>
          db.run.findUniqueOrThrow({
            where: { id: runId },
            include: { steps: { orderBy: { position: "asc" } }, container: true },
          });
        // A test that cuts PostgreSQL's sessions cuts this reader's too: the next one is whole.
        const { state } = await readState().catch(readState);
        // Asked so often that it is asked for no more than it needs.
        if (!states.includes(state) && isActive(state) && Date.now() <= deadline) continue;
        const run = await read().catch(read);
        if (states.includes(run.state)) return { ...run, containerId: containerIdOf(run), container: containerOf(run) };
        if (!isActive(run.state) || Date.now() > deadline) {
          const steps = run.steps
            .map(
              ({ name, state, attempt, tries, error, detail }) =>
                `${name}: ${state} ${attempt}/${tries} ${error ?? ""} ${detail ?? ""}`,
            )
            .join("\n");
          throw new Error(
            `run is ${run.state} (${run.error ?? JSON.stringify(run.waitingFor)}), not ${states.join("|")}\n${steps}`,
          );
        }
      }
    },
    async output(runId, step, stream = "output") {
      const pieces = await db.runLog.findMany({
        where: { runId, stream, step: { name: step } },
        orderBy: [{ attempt: "asc" }, { byteOffset: "asc" }],
      });
      return pieces.map(({ text }) => text).join("");
    },
    async restartLab(more = {}) {
      const at = { port: lab.port, sshPort: lab.sshPort };
      await lab.close();
      lab = await open({ ...at, ...more });
    },
    async close() {
      await lab.close();
      await database.close();
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };

  async function start(containerId: string, kind: RunKind, steps: { name: string; title: string }[]): Promise<Started> {
    const run = await db.run.create({
      data: {
        kind,
        ...subjectColumns({ type: "container", id: containerId }),
        projectId,
        nodeId,
        userId: user.id,
        requestKey: randomUUID(),
        steps: { create: steps.map(({ name, title }, position) => ({ name, title, position })) },
      },
    });
    return { runId: run.id, containerId, nodeId, kind };
  }
  return fixture;
}
