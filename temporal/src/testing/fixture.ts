// A whole small installation for a test: database, keys, a lab in memory, a confirmed node, a template, and the rows of runs.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Db } from "@homeport/db/client";
import { createVault, type Vault } from "@homeport/db/sealing";
import { testDatabase } from "@homeport/db/testing";
import type { RunKind, RunState } from "@homeport/db/types";
import { CreateContainerInput, type ContainerSpec } from "@homeport/domain/container/container-input";
import { planOperation, planProvision } from "@homeport/domain/run/run-plan";
import type { OperationKind } from "@homeport/domain/run/run-kinds";
import { startLab, type Lab, type LabOptions } from "@homeport/lab";
import { subjectColumns } from "@homeport/records/subject-columns";
import { smallContainer } from "@homeport/testing/containers";
import { addLabNode } from "@homeport/testing/nodes";
import { addPerson } from "@homeport/testing/people";
import { outputOf, type RunRow, runIs } from "@homeport/testing/runs";
import { offerTemplate, type TemplateInput, webTemplate } from "@homeport/testing/templates";
import type { PayloadCodec } from "@temporalio/common";
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
  provision(spec?: Partial<ContainerSpec>, template?: Partial<TemplateInput>): Promise<Started>;
  operate(containerId: string, kind: OperationKind): Promise<Started>;
  /** Waits until the run is in one of the states; throws with its steps when it ends otherwise or not in time. */
  until(runId: string, states: readonly RunState[] | RunState, withinMs?: number): Promise<RunRow>;
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

export const testTemplate = {
  ...webTemplate,
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
} satisfies TemplateInput;

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

  const { userId, projectId } = await addPerson(db, "Ada");
  const nodeId = await addLabNode({ db, vault }, userId, { lab });

  const fixture: Fixture = {
    db,
    databaseUrl: url,
    vault,
    codec: createCodec({ current: "k1", keys: { k1: key } }),
    dir,
    nodeId,
    userId,
    keys: { current: "k1", keys: { k1: key.toString("base64") } },
    get lab() {
      return lab;
    },
    tokenSecret: lab.token.secret,
    async provision(spec = {}, template = {}) {
      const { definition, templateRevisionId } = await offerTemplate(db, {
        scripts: testTemplate.scripts,
        ...template,
      });
      const parsed = CreateContainerInput.parse({
        templateRevisionId,
        nodeId,
        hostname: `h-${randomUUID().slice(0, 8)}`,
        ...smallContainer,
        ...spec,
      });
      const container = await db.container.create({
        data: {
          projectId,
          nodeId,
          templateRevisionId,
          createdById: userId,
          hostname: parsed.hostname,
          vmid: parsed.vmid,
          spec: parsed,
        },
      });
      return start(container.id, "provision", planProvision(definition, parsed));
    },
    operate: (containerId, kind) => start(containerId, kind, planOperation(kind)),
    until: (runId, states, withinMs) => runIs(db, runId, states, withinMs),
    output: (runId, step, stream) => outputOf(db, runId, step, stream),
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
        userId,
        requestKey: randomUUID(),
        steps: { create: steps.map(({ name, title }, position) => ({ name, title, position })) },
      },
    });
    return { runId: run.id, containerId, nodeId, kind };
  }
  return fixture;
}
