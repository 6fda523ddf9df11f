// Compares rows, Temporal and nodes, both ways, every minute and whenever somebody asks. It has no input and keeps nothing but what
// it has seen once: lost with Temporal's data, it is begun anew by the sweeper and knows the same a minute later.
import { condition, continueAsNew, defineSignal, log, setHandler } from "@temporalio/workflow";
import type { Suspect } from "../activities/reconcile-ports";
import { SCAN_SIGNAL } from "../contract";
import { reconciling } from "./activities";
import { requireSealed } from "./sealed";

const scanSignal = defineSignal(SCAN_SIGNAL);

const EVERY = "60s";
/** What was seen for the first time is looked at again soon. */
const AGAIN = "10s";
/** Half an hour; the history stays short. */
const ROUNDS = 30;

export async function reconcile(input: { suspects: Suspect[] }): Promise<void> {
  requireSealed(input);
  let asked = false;
  setHandler(scanSignal, () => {
    asked = true;
  });
  let { suspects } = input;
  for (let round = 0; round < ROUNDS || asked; round += 1) {
    asked = false;
    const before = new Set(suspects.map(({ subject }) => subject));
    suspects = await compare(suspects);
    const isNew = suspects.some(({ subject }) => !before.has(subject));
    await condition(() => asked, isNew ? AGAIN : EVERY);
  }
  await continueAsNew<typeof reconcile>({ suspects });
}

/** What cannot be seen now is seen at the next round: nothing fails this for good. */
async function compare(suspects: Suspect[]): Promise<Suspect[]> {
  const runs = await reconciling().reconcileRuns({ suspects }).catch(missed("runs"));
  const nodes = await reconciling().nodesToReconcile({}).catch(missed("nodes"));
  const seen = await Promise.all(
    (nodes?.nodeIds ?? []).map((nodeId) => reconciling().scanNode({ nodeId, suspects }).catch(missed(nodeId))),
  );
  return [...(runs?.suspects ?? []), ...seen.flatMap((one) => one ?? [])];
}

const missed =
  (what: string) =>
  (failure: unknown): undefined => {
    log.warn("a look failed", { what, failure });
    return undefined;
  };
