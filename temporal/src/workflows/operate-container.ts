// Start, stop, shut down, reboot and destroy a container that is there.
import { ApplicationFailure } from "@temporalio/workflow";
import type { RunKind } from "@homeport/db/types";
import type { GuestAt, StepResult } from "../activities/step-at";
import { activityOptions } from "../activities/retries";
import type { RunInput } from "../contract";
import { records, tasks } from "./activities";
import { type Book, runbook } from "./runbook";
import { openTurns, type Turns } from "./turn";

export async function operateContainer(input: RunInput): Promise<void> {
  await runbook(input, { undoable: false }, async (book) => {
    await plays[book.run.kind]({ ...book, turns: openTurns() }, input);
  });
}

type TurnBook = Book & { turns: Turns };
type Play = (book: TurnBook, input: RunInput) => Promise<void>;
type TaskName = "startLxc" | "stopLxc" | "shutdownLxc" | "rebootLxc" | "stopIfThere" | "destroyLxc" | "waitReady";

const plays: Record<RunKind, Play> = {
  async start(book) {
    await act(book, "start", "startLxc");
    await act(book, "ready", "waitReady");
  },
  stop: (book) => act(book, "stop", "stopLxc"),
  shutdown: (book) => act(book, "shutdown", "shutdownLxc"),
  async reboot(book) {
    await act(book, "reboot", "rebootLxc");
    await act(book, "ready", "waitReady");
  },
  async destroy(book, { containerId }) {
    if (book.run.vmid !== null) {
      await act(book, "stop", "stopIfThere");
      await act(book, "destroy", "destroyLxc");
    }
    await book.step("release", () => records.releaseContainer({ containerId }).then(() => ({})));
  },
  provision: () => Promise.reject(ApplicationFailure.nonRetryable("A creation is another workflow.")),
};

async function act({ run, step, turns }: TurnBook, name: string, task: TaskName): Promise<void> {
  const { vmid, names } = run;
  if (vmid === null) throw ApplicationFailure.nonRetryable(`${names.hostname} has no VMID.`);
  const options = { ...activityOptions.task, summary: `${name} CT ${vmid} on ${names.node}` };
  await step(name, (at) => {
    const guest: GuestAt = { ...at, vmid };
    const work = (): Promise<StepResult> => tasks[task].executeWithOptions(options, [guest]);
    return task === "waitReady" ? work() : turns.within("task", at, work);
  });
}
