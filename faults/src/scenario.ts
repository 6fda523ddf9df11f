// The verbs of a scenario: offer a template, click, wait until a run is where the fault should meet it.
import { randomUUID } from "node:crypto";
import type { RunState } from "@homeport/db/types";
import { smallContainer } from "@homeport/testing/containers";
import { outputOf, type RunRow, runIs as waitForRun } from "@homeport/testing/runs";
import { offerTemplate as offer, type TemplateInput } from "@homeport/testing/templates";
import { until } from "@homeport/testing/until";
import type { Person } from "./people";
import type { World } from "./world";

export type Script = NonNullable<TemplateInput["scripts"]>[number];

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
export async function offerTemplate(world: World, template: Partial<TemplateInput> = {}): Promise<string> {
  const { templateRevisionId } = await offer(world.db, {
    scripts: [
      script("one"),
      script("serve", 'service web tcp 8080 /\ncredential web password "$(saved_secret web 24)"'),
    ],
    ...template,
  });
  return templateRevisionId;
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
    ...smallContainer,
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

export const runIs = (
  { db }: World,
  runId: string,
  states: RunState | readonly RunState[],
  withinMs?: number,
): Promise<RunRow> => waitForRun(db, runId, states, withinMs);

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

export const output = ({ db }: World, runId: string, step: string, stream?: string): Promise<string> =>
  outputOf(db, runId, step, stream);

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
