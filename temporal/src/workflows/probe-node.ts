// Looks at a node: who it says it is, and, once a person has confirmed that, what works there.
import { CancellationScope, log } from "@temporalio/workflow";
import type { ProbeInput } from "../contract";
import { probing, records } from "./activities";

export async function probeNode({ nodeId }: ProbeInput): Promise<void> {
  try {
    const seen = await probing.readIdentity({ nodeId });
    if ("deleted" in seen) return;
    if ("unreachable" in seen) return await records.keepUnreachable({ nodeId, why: seen.unreachable });
    if ((await records.keepIdentity({ nodeId, identity: seen.identity })) === "stop") return;
    await records.keepInspection({ nodeId, inspection: await probing.inspectNode({ nodeId }) });
  } catch (failure) {
    log.warn("the probe failed", { failure });
    await CancellationScope.nonCancellable(() => records.keepInspection({ nodeId, inspection: { refused: "The check failed for a reason of Homeport's own. Check it again." } }));
    throw failure;
  } finally {
    // Never "checking" for ever.
    await CancellationScope.nonCancellable(() => records.endProbe({ nodeId }));
  }
}
