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

type NodePage = Awaited<ReturnType<ReturnType<typeof reconciling>["nodesToReconcile"]>>;

/** What cannot be seen now is seen at the next round: nothing fails this for good. */
async function compare(suspects: Suspect[]): Promise<Suspect[]> {
  const runs = await reconciling().reconcileRuns({ suspects }).catch(missed("runs"));
  const found = [...(runs?.suspects ?? [])];
  // In older histories one answer holds all nodes, and no `next`.
  let after: string | undefined;
  do {
    const nodes: NodePage | undefined = await reconciling()
      .nodesToReconcile(after === undefined ? {} : { after })
      .catch(missed("nodes"));
    const seen = await Promise.all(
      (nodes?.nodeIds ?? []).map((nodeId) => reconciling().scanNode({ nodeId, suspects }).catch(missed(nodeId))),
    );
    found.push(...seen.flatMap((one) => one ?? []));
    after = nodes?.next;
  } while (after !== undefined);
  return found;
}

const missed =
  (what: string) =>
  (failure: unknown): undefined => {
    log.warn("a look failed", { what, failure });
    return undefined;
  };
