// The verbs of a scenario: offer a template, click, wait until a run is where the fault should meet it.
import { randomUUID } from "node:crypto";
import type { Prisma } from "@homeport/db/client";
import type { RunState } from "@homeport/db/types";
import { TemplateDefinition } from "@homeport/domain/template/template";
import { containerOf } from "@homeport/domain/run/run-subject";
import type { z } from "zod";
import type { Person } from "./people";
import { until } from "./until";
import { OS_TEMPLATE, type World } from "./world";

type Template = z.input<typeof TemplateDefinition>;
export type Script = NonNullable<Template["scripts"]>[number];
type Read = Prisma.RunGetPayload<{ include: { steps: true; container: true } }>;
export type RunRow = Read & { container: NonNullable<Read["container"]> };

export interface Clicked {
  runId: string;
  containerId: string;
}

/** A script that says BEGIN once each time it is begun: what the checker counts. */
export function script(name: string, body = "", more: Partial<Script> = {}): Script {
  return {
    name,
    title: name,
    content: `. /usr/local/lib/homeport/helpers\nlog BEGIN ${name}\n${body}\nprintf 'Grüße ✓ %s\\n' ${name}\nlog END ${name}\n`,
    ...more,
  };
}

export const slowScript = (name: string, seconds: number, more: Partial<Script> = {}): Script =>
  script(name, `# lab: sleep ${seconds}s\n# lab: output 60KB`, more);

/** A revision that can be picked; its last script registers a service with a credential that only the guest and the vault know. */
export async function offerTemplate(world: World, template: Partial<Template> = {}): Promise<string> {
  const definition = TemplateDefinition.parse({
    name: `t-${randomUUID()}`,
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
      script("one"),
      script("serve", 'service web tcp 8080 /\ncredential web password "$(saved_secret web 24)"'),
    ],
    ...template,
  });
  const { revisions } = await world.db.template.create({
    data: { name: definition.name, revisions: { create: { revision: 1, hash: randomUUID(), definition } } },
    include: { revisions: true },
  });
  return revisions[0]?.id ?? "";
}

/** Ada clicks Create. */
export async function create(
  world: World,
  templateRevisionId: string,
  more: { hostname?: string; vmid?: number; requestKey?: string; by?: Person; packagesOff?: string[] } = {},
): Promise<Clicked> {
  const { by = world.ada, hostname = `h-${randomUUID().slice(0, 8)}`, requestKey = randomUUID(), ...rest } = more;
  const input = {
    projectId: by.projectId,
    requestKey,
    templateRevisionId,
    nodeId: world.nodeId,
    hostname,
    osTemplate: OS_TEMPLATE,
    cores: 1,
    memoryMib: 256,
    swapMib: 0,
    diskGib: 2,
    storage: "local-lvm",
    bridge: "vmbr0",
    network: { mode: "dhcp" as const },
    ...rest,
  };
  return by.ask("containers.create", input, (caller) => caller.containers.create(input));
}

/** The next create is held right before its POST, where it asks for the node's time: what its plan saw may change meanwhile. */
export async function holdCreate({ lab }: World): Promise<void> {
  await lab.faults.delayReply({ method: "GET", path: "/nodes/pve/time", delayMs: 8_000 });
}

export async function operate(
  by: Person,
  action: "start" | "stop" | "shutdown" | "reboot" | "destroy",
  containerId: string,
  requestKey: string = randomUUID(),
): Promise<{ runId: string }> {
  return by.ask(`containers.${action}`, { id: containerId, requestKey }, (caller) =>
    caller.containers[action]({ id: containerId, requestKey }),
  );
}

export async function decide(
  by: Person,
  runId: string,
  decision: "retry" | "skip" | "undo",
  requestKey: string = randomUUID(),
): Promise<void> {
  await by.ask("runs.decide", { id: runId, decision, requestKey }, (caller) =>
    caller.runs.decide({ id: runId, decision, requestKey }),
  );
}

export async function cancel(by: Person, runId: string): Promise<void> {
  await by.ask("runs.cancel", { id: runId }, (caller) => caller.runs.cancel({ id: runId }));
}

const FINAL: readonly RunState[] = ["done", "done_with_warnings", "failed", "cancelled", "undone"];

/** Waits for one of the states; a run that ended in another one is told with its steps. */
export async function runIs(
  world: World,
  runId: string,
  states: RunState | readonly RunState[],
  withinMs = 180_000,
): Promise<RunRow> {
  const wanted = typeof states === "string" ? [states] : states;
  const read = async (): Promise<RunRow> => {
    const row = await world.db.run.findUniqueOrThrow({
      where: { id: runId },
      include: { steps: { orderBy: { position: "asc" } }, container: true },
    });
    return { ...row, container: containerOf(row) };
  };
  const run = await until(
    `run ${runId} is ${wanted.join(" or ")}`,
    async () => {
      // Asked so often that it is asked for no more than it needs.
      const { state } = await world.db.run.findUniqueOrThrow({ where: { id: runId }, select: { state: true } });
      if (!wanted.includes(state) && !FINAL.includes(state)) return false;
      const now = await read();
      return (wanted.includes(now.state) || FINAL.includes(now.state)) && now;
    },
    withinMs,
  ).catch(async (error: unknown) => {
    throw new Error(describe(await read()), { cause: error });
  });
  if (!wanted.includes(run.state)) throw new Error(`not ${wanted.join(" or ")}: ${describe(run)}`);
  return run;
}

export const settled = (world: World, runId: string, withinMs?: number): Promise<RunRow> =>
  runIs(world, runId, FINAL, withinMs);

/** Waits until the step has begun and is not over. */
export async function inStep(world: World, runId: string, name: string): Promise<void> {
  await until(`step ${name} of run ${runId} runs`, async () => {
    const step = await world.db.runStep.findFirstOrThrow({ where: { runId, name } });
    if (step.endedAt !== null) throw new Error(`it is ${step.state} already`);
    return step.state === "running" || step.state === "waiting";
  });
}

/** Waits until the script's own first words are in the rows: it truly runs inside the guest. */
export async function scriptRuns(world: World, runId: string, name: string): Promise<void> {
  await until(
    `script ${name} of run ${runId} speaks`,
    async () =>
      (await world.db.runLog.count({ where: { runId, stream: "output", step: { name: `script-${name}` } } })) > 0,
  );
}

export async function output(world: World, runId: string, step: string, stream = "output"): Promise<string> {
  const pieces = await world.db.runLog.findMany({
    where: { runId, stream, step: { name: step } },
    orderBy: [{ attempt: "asc" }, { byteOffset: "asc" }],
  });
  return pieces.map(({ text }) => text).join("");
}

/** Creates that the node carried out under this VMID, or for this container. */
export async function posts(world: World, of: { vmid?: number | null; containerId?: string }): Promise<number> {
  const journal = await world.lab.faults.journal();
  return journal.filter(
    ({ method, path, status, vmid, params }) =>
      method === "POST" &&
      path.endsWith("/lxc") &&
      status === 200 &&
      (of.containerId === undefined ? vmid === of.vmid : (params.description ?? "").includes(of.containerId)),
  ).length;
}

export function describe(run: RunRow): string {
  const steps = run.steps
    .map(
      ({ name, state, attempt, tries, error, detail }) =>
        `  ${name} ${state} ${attempt}/${tries} ${error ?? detail ?? ""}`,
    )
    .join("\n");
  const { hostname, vmid } = run.container;
  return `run ${run.id} of ${hostname} (VMID ${vmid ?? "none"}) is ${run.state} (${run.error ?? JSON.stringify(run.waitingFor)})\n${steps}`;
}
