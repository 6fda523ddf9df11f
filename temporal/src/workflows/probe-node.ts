// Looks at a node: who it says it is, and, once a person has confirmed that, what works there.
import { CancellationScope, defineSignal, log, setHandler } from "@temporalio/workflow";
import { PROBE_AGAIN_SIGNAL, type ProbeInput } from "../contract";
import { probing, records } from "./activities";
import { requireSealed } from "./sealed";

const againSignal = defineSignal(PROBE_AGAIN_SIGNAL);

/** Asked while it looks, it looks again: what it saw may be from before the change that made somebody ask. */
export async function probeNode(input: ProbeInput): Promise<void> {
  requireSealed(input);
  const { nodeId } = input;
  let asked: boolean;
  setHandler(againSignal, () => {
    asked = true;
  });
  try {
    for (;;) {
      asked = false;
      await probe(nodeId);
      if (asked) continue;
      await records.endProbe({ nodeId });
      if (!asked) return;
    }
  } catch (failure) {
    log.warn("the probe failed", { failure });
    await CancellationScope.nonCancellable(async () => {
      await records.keepInspection({
        nodeId,
        inspection: { refused: { why: "check_failed" } },
      });
      // Never "checking" for ever.
      await records.endProbe({ nodeId });
    });
    throw failure;
  }
}

async function probe(nodeId: string): Promise<void> {
  const seen = await probing().readIdentity({ nodeId });
  if ("deleted" in seen) return;
  if ("unreachable" in seen) return records.keepUnreachable({ nodeId, why: seen.unreachable });
  if ((await records.keepIdentity({ nodeId, identity: seen.identity })) === "stop") return;
  await records.keepInspection({ nodeId, inspection: await probing().inspectNode({ nodeId }) });
}
