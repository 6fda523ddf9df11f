// The history checker: what was promised, what was done on the node, what the rows say and what Temporal keeps, held against I1–I8.
import type { JournalEntry } from "@homeport/lab";
import type { GuestFact } from "./lab-state";
import { checkLogs } from "./log-invariants";
import type { Operation } from "./people";

export interface RunFact {
  id: string;
  kind: string;
  state: string;
  containerId: string;
  createdAt: number;
  /** Scripts that may be begun again after an interruption, by step. */
  repeatable: string[];
}

interface ContainerFact {
  id: string;
  nodeId: string;
  vmid: number | null;
  lifecycle: string;
  hostname: string;
}

export interface LogFact {
  runId: string;
  step: string;
  attempt: number;
  stream: string;
  byteOffset: number;
  text: string;
}

export interface Evidence {
  operations: Operation[];
  journal: JournalEntry[];
  guests: GuestFact[];
  strangers: { vmid: number; plantedAt: number; before: string; after: string }[];
  runs: RunFact[];
  containers: ContainerFact[];
  logs: LogFact[];
  /** The first row of the audit log that does not fit; null when the chain holds. */
  auditBroken: string | null;
  workflows: { id: string; status: "running" | "closed" | "gone" }[];
  /** Everything that must hold no secret: histories, rows, answers, what processes printed. */
  texts: { where: string; text: string }[];
  secrets: string[];
}

/** What a scenario means to leave behind; everything else is a violation. */
export interface Allowed {
  /** Runs that still wait for a person, or for a node that stays away. */
  open?: readonly string[];
  /** Containers whose guest somebody took away by hand. */
  gone?: readonly string[];
  /** Runs whose stored output differs from the script's bytes by design: capped, redacted, not text. */
  changedOutput?: readonly string[];
  /** Workflows that Temporal lost with its data. */
  lostWorkflows?: readonly string[];
  /** Guests that are no row's yet: of a database that was set back, until somebody adopts them. */
  unowned?: readonly number[];
  /** The node lost power: which guests run afterwards is not the last operation's word. */
  powerLost?: boolean;
  /** The audit log was damaged on purpose. */
  brokenAudit?: boolean;
}

export interface Violation {
  invariant: "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8";
  text: string;
}

export const STILL_RUNS = "but its workflow still runs";
const FINAL = ["done", "done_with_warnings", "failed", "cancelled", "undone"];

/** Everything that is not as it was promised; empty when all eight hold. */
export function violations(evidence: Evidence, allowed: Allowed = {}): Violation[] {
  return [
    ...promisesKept(evidence, allowed),
    ...oneContainer(evidence),
    ...everyGuestOwned(evidence, allowed),
    ...strangersUntouched(evidence),
    ...scriptsOnce(evidence),
    ...checkLogs(evidence, allowed.changedOutput ?? []),
    ...(evidence.auditBroken === null || allowed.brokenAudit
      ? []
      : [{ invariant: "I7" as const, text: `the audit chain breaks at row ${evidence.auditBroken}` }]),
    ...noSecret(evidence),
  ];
}

/** I1: what was acknowledged has come to its end, and the node looks like it. */
function promisesKept(
  { operations, runs, containers, guests, workflows }: Evidence,
  { open = [], gone = [], lostWorkflows = [], powerLost = false }: Allowed,
): Violation[] {
  const found: Violation[] = [];
  const report = (text: string): void => void found.push({ invariant: "I1", text });
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const { procedure, by, answer } of operations) {
    const runId = runIdOf(answer);
    if (runId !== undefined && !byId.has(runId))
      report(`${procedure} of ${by} was acknowledged as run ${runId}, which is nowhere`);
  }
  const status = new Map(workflows.map((workflow) => [workflow.id, workflow.status]));
  for (const run of runs) {
    const isOpen = open.includes(run.id);
    if (!isOpen && !FINAL.includes(run.state)) report(`run ${run.id} (${run.kind}) is ${run.state}, not over`);
    const engine = status.get(run.id);
    if (engine === "running" && FINAL.includes(run.state)) report(`run ${run.id} is ${run.state}, ${STILL_RUNS}`);
    if (!FINAL.includes(run.state) && engine !== "running" && run.state !== "queued" && !lostWorkflows.includes(run.id))
      report(`run ${run.id} is ${run.state}, but its workflow is ${engine ?? "gone"}: nobody works on it`);
  }
  const openContainers = new Set(
    runs.filter(({ id, state }) => open.includes(id) || !FINAL.includes(state)).map(({ containerId }) => containerId),
  );
  for (const container of containers) {
    if (openContainers.has(container.id)) continue;
    const mine = runs
      .filter(({ containerId }) => containerId === container.id)
      .sort((a, b) => a.createdAt - b.createdAt);
    const last = mine.filter(({ state }) => state === "done" || state === "done_with_warnings").at(-1);
    const guest = guests.find(({ containerId: marker }) => marker === container.id);
    if (container.lifecycle === "creating" || container.lifecycle === "deleting")
      report(`container ${container.hostname} is ${container.lifecycle}, and nobody works on it`);
    if (container.lifecycle === "ready" && guest === undefined && !gone.includes(container.id))
      report(`container ${container.hostname} is ready, but its guest ${container.vmid ?? "?"} is not on the node`);
    if (container.lifecycle === "deleted" && guest !== undefined)
      report(`container ${container.hostname} is deleted, but its guest ${guest.vmid} is on the node`);
    if (powerLost || container.lifecycle !== "ready" || guest === undefined || mine.at(-1) !== last) continue;
    const shouldRun =
      last === undefined
        ? undefined
        : { provision: true, start: true, reboot: true, stop: false, shutdown: false }[last.kind];
    if (shouldRun !== undefined && shouldRun !== guest.running && !gone.includes(container.id))
      report(
        `container ${container.hostname}: after ${last?.kind ?? ""} its guest is ${guest.running ? "running" : "stopped"}`,
      );
  }
  return found;
}

/** I2: one click, one container, however often it was sent; one container, one guest. */
function oneContainer({ operations, guests }: Evidence): Violation[] {
  const found: Violation[] = [];
  const answers = new Map<string, Set<string>>();
  for (const { procedure, input, answer } of operations) {
    const key = (input as { requestKey?: unknown } | null)?.requestKey;
    const id = (answer as { runId?: string } | undefined)?.runId;
    if (typeof key !== "string" || id === undefined) continue;
    answers.set(`${procedure} ${key}`, (answers.get(`${procedure} ${key}`) ?? new Set()).add(id));
  }
  for (const [key, ids] of answers)
    if (ids.size > 1) found.push({ invariant: "I2", text: `one request key, ${ids.size} operations: ${key}` });
  const byTag = new Map<string, number[]>();
  for (const { containerId: marker, vmid } of guests)
    if (marker !== null) byTag.set(marker, [...(byTag.get(marker) ?? []), vmid]);
  for (const [marker, vmids] of byTag)
    if (vmids.length > 1)
      found.push({ invariant: "I2", text: `container ${marker} has ${vmids.length} guests: ${vmids.join(", ")}` });
  return found;
}

/** I3: a guest that carries our ownership tag is exactly one live row's. */
function everyGuestOwned({ guests, containers, strangers }: Evidence, { unowned = [] }: Allowed): Violation[] {
  const foreign = new Set(strangers.map(({ vmid }) => vmid));
  return guests
    .filter(({ containerId: marker, vmid }) => marker !== null && !foreign.has(vmid) && !unowned.includes(vmid))
    .flatMap(({ containerId: marker, vmid }): Violation[] => {
      const rows = containers.filter((row) => row.lifecycle !== "deleted" && row.vmid === vmid && row.id === marker);
      return rows.length === 1
        ? []
        : [
            {
              invariant: "I3",
              text: `guest ${vmid} carries the tag of ${marker ?? ""}, which ${rows.length === 0 ? "no live row has at that VMID" : `${rows.length} rows have`}`,
            },
          ];
    });
}

/** I4: nobody touched a guest that is not ours. */
function strangersUntouched({ journal, strangers }: Evidence): Violation[] {
  const found: Violation[] = [];
  for (const { vmid, before, after } of strangers)
    if (before !== after) found.push({ invariant: "I4", text: `the stranger's guest ${vmid} is not what it was` });
  const ours = new Map<number, boolean>();
  for (const entry of journal) {
    const vmid = entry.vmid ?? vmidOfTask(entry.path);
    if (vmid === undefined) continue;
    const planted = strangers.find((one) => one.vmid === vmid && one.plantedAt <= entry.time);
    const creating = entry.method === "POST" && entry.path.endsWith("/lxc");
    if (creating) {
      if (entry.status === 200) ours.set(vmid, /Homeport container /.test(safe(entry.params.description ?? "")));
      if (entry.status !== 200 || planted === undefined) continue;
    }
    const what = `${entry.method} ${entry.path} (${entry.status})`;
    if (planted) found.push({ invariant: "I4", text: `${what} at the stranger's guest ${vmid}` });
    else if (ours.get(vmid) !== true && isDone(entry))
      found.push({ invariant: "I4", text: `${what} at ${vmid}, which Homeport did not make` });
  }
  return found;
}

const UNIT_STARTED = /runner start (homeport-[0-9a-f-]{36}-\S+)/;
/** A unit's name: run, step, attempt, and which repetition of an interrupted script it is. */
export const UNIT = /^homeport-([0-9a-f-]{36})-(.+?)-(\d+)(?:-again-(\d+))?$/;

/** I5: a script is begun once for each attempt; another unit only after an interruption, and where its template allows it. */
function scriptsOnce({ journal, guests, runs }: Evidence): Violation[] {
  const found: Violation[] = [];
  const units = new Map<string, Set<string>>();
  const begun = [
    ...journal.flatMap(({ params, status }) => (status === 0 ? [UNIT_STARTED.exec(params.argv ?? "")?.[1]] : [])),
    ...guests.flatMap(({ units: inside }) => inside.map(({ name }) => name)),
  ];
  for (const name of begun) {
    const match = UNIT.exec(name ?? "");
    if (name === undefined || match === null) continue;
    const attempt = `${match[1] ?? ""} ${match[2] ?? ""} ${match[3] ?? ""}`;
    units.set(attempt, (units.get(attempt) ?? new Set()).add(name));
  }
  for (const [attempt, names] of units) {
    const [runId = "", step = "", number = ""] = attempt.split(" ");
    const mayRepeat = runs.find(({ id }) => id === runId)?.repeatable.includes(step) ?? false;
    if (names.size > 1 && !mayRepeat)
      found.push({
        invariant: "I5",
        text: `step ${step} of run ${runId}, attempt ${number}, was begun as ${[...names].join(" and ")}`,
      });
  }
  for (const { vmid, units: inside } of guests) {
    for (const { name, output } of inside) {
      const starts = output.split("\n").filter((line) => line.startsWith("BEGIN ")).length;
      if (starts > 1) found.push({ invariant: "I5", text: `unit ${name} in guest ${vmid} began ${starts} times` });
    }
  }
  return found;
}

/** I8: no secret, plain or in Base64, in anything that is kept or shown. */
function noSecret({ texts, secrets }: Evidence): Violation[] {
  const wanted = [...new Set(secrets)]
    .filter((secret) => secret.length >= 8)
    .flatMap((secret) => [secret, Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -2)]);
  return texts.flatMap(({ where, text }): Violation[] => {
    const at = wanted.findIndex((secret) => text.includes(secret));
    return at < 0 ? [] : [{ invariant: "I8", text: `secret number ${Math.floor(at / 2)} is in ${where}` }];
  });
}

function runIdOf(answer: unknown): string | undefined {
  const id = (answer as { runId?: unknown } | null | undefined)?.runId;
  return typeof id === "string" ? id : undefined;
}

/** UPID:node:pid:pstart:starttime:type:id:user: */
function vmidOfTask(path: string): number | undefined {
  const id = Number(
    /UPID(?::|%3A)[^:%]+(?::|%3A)[0-9A-F]+(?::|%3A)[0-9A-F]+(?::|%3A)[0-9A-F]+(?::|%3A)\w+(?::|%3A)(\d+)/.exec(
      path,
    )?.[1],
  );
  return Number.isInteger(id) && id > 0 ? id : undefined;
}

const isDone = ({ method, status }: JournalEntry): boolean =>
  status === (method === "SSH" || method === "GUEST" ? 0 : 200);

function safe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
