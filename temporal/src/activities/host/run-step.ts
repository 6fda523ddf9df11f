// Around every host activity: its heartbeats, the connection, the step's rows, and failures told in one way.
import { CancelledFailure, Context } from "@temporalio/activity";
import { ApplicationFailure } from "@temporalio/common";
import type { Channel } from "@homeport/guest";
import type { Ssh } from "@homeport/ssh";
import { beating } from "../beating";
import { SOME_TRIES, StepFailure, explain, type Trouble } from "../failures";
import { redacted, withoutSecrets } from "../output/redacted";
import { createRedactor, type Redactor } from "../output/redactor";
import type { StepRecord } from "../ports";
import type { StepAt } from "../step-at";
import type { Host, HostDeps } from "./deps";

/** What the body of an activity works with. */
export interface StepContext {
  at: StepAt;
  host: Host;
  record: StepRecord;
  deps: HostDeps;
  /** The run's secrets; what passes through `record` and through failures is without them already. */
  redactor: Redactor;
  /** Aborts when the step is cancelled or the worker shuts down. */
  signal: AbortSignal;
  /** The connection of this step; tells the rows when it stands. */
  ssh(): Promise<Ssh>;
  /** The run's way into a guest that the caller knows to be ours; tells the rows as `ssh` does. */
  guest(vmid: number): Promise<Channel>;
}

/**
 * `undoing`: nothing is given up; what would be final waits for a person to mend it, and the row says what is pending.
 */
export function runsStep<Input extends StepAt, Result>(
  deps: HostDeps,
  work: (step: StepContext, input: Input) => Promise<Result>,
  options: { undoing?: boolean } = {},
): (input: Input) => Promise<Result> {
  const run = async (input: Input): Promise<Result> => {
    const context = Context.current();
    const { cancellationSignal: signal } = context;
    let host: Host | undefined;
    let record: StepRecord | undefined;
    const redactor = createRedactor();
    try {
      record = redacted(await deps.openStep(input, context.info.attempt), redactor);
      const rows = record;
      const [secrets, connected] = await Promise.allSettled([deps.secrets(input), deps.connect(input.nodeId)]);
      if (connected.status === "fulfilled") host = connected.value;
      redactor.add(valueOf(secrets));
      const node = valueOf(connected);
      // What waits goes on once the node answers; what does not wait learns that from its first question.
      if (rows.waits) {
        await node.proxmox.version({ signal });
        await rows.move("api");
      }
      const overSsh = async <T>(open: () => Promise<T>): Promise<T> => {
        if (!node.hasSsh)
          throw new StepFailure(
            `Node ${node.name} has no SSH access; it is needed for what happens inside a container. Add it under Nodes, then retry.`,
          );
        const opened = await open();
        await rows.move("ssh");
        return opened;
      };
      const ssh = () => overSsh(() => node.ssh());
      const guest = (vmid: number) => overSsh(() => node.guest({ runId: input.runId, vmid }));
      const result = await work({ at: input, host: node, record: rows, deps, redactor, signal, ssh, guest }, input);
      await rows.move();
      return withoutSecrets(result, redactor);
    } catch (error) {
      // A worker that shuts down is no cancellation of the step: it fails, and goes on elsewhere.
      if (signal.aborted) throw cancelled(context);
      if (error instanceof ApplicationFailure) throw error;
      const trouble = explain(error, host?.name ?? (await nameOf(deps, input.nodeId)), { redactor });
      if (trouble.seen) await deps.identityChanged(input.nodeId, trouble.seen);
      if (trouble.kind === "homeport") context.log.error("an activity failed in an unexpected way", { error });
      throw await reported(trouble, { record, undoing: options.undoing ?? false });
    } finally {
      await host?.close().catch(() => undefined);
    }
  };
  return (input) => beating(() => run(input));
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
}

/** Writes the trouble down, then makes it a failure that Temporal retries or does not. */
async function reported(
  trouble: Trouble,
  { record, undoing }: { record: StepRecord | undefined; undoing: boolean },
): Promise<ApplicationFailure> {
  const met = (record?.memory.troubles[trouble.kind] ?? 0) + 1;
  const final = !undoing && (trouble.retry === "final" || (trouble.retry === "some" && met >= SOME_TRIES));
  // Rows that cannot be written now say nothing: the failure itself is what counts.
  await record?.remember({ troubles: { ...record.memory.troubles, [trouble.kind]: met } }).catch(() => undefined);
  if (!final && (undoing || trouble.retry === "wait")) {
    await record
      ?.wait({ reason: trouble.waits ?? { on: "other", text: trouble.words }, transport: trouble.transport, undoing })
      .catch(() => undefined);
  }
  return ApplicationFailure.create({
    message: trouble.words,
    type: trouble.kind,
    nonRetryable: final,
    ...(final ? {} : { category: "BENIGN" }),
  });
}

/** Another worker, or the next, has nothing to wait for. */
const HANDED_OVER_MS = 100;

function cancelled(context: Context): Error {
  return context.cancellationDetails?.workerShutdown === true
    ? ApplicationFailure.create({
        message: "the worker shut down",
        type: "worker-shutdown",
        category: "BENIGN",
        nextRetryDelay: HANDED_OVER_MS,
      })
    : new CancelledFailure("CANCELLED");
}

async function nameOf(deps: HostDeps, nodeId: string): Promise<string> {
  return (await deps.locate(nodeId).catch(() => undefined))?.name ?? "?";
}
