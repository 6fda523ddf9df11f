// Asks the engine to probe a node; when it cannot, the row says so instead of "checking" for ever.
import { AppError } from "@homeport/domain/error";
import type { NodeReasonCode } from "@homeport/domain/node/node-reason";
import type { Context } from "../context";

export async function startProbe({ db, engine, log }: Context, nodeId: string): Promise<void> {
  try {
    await engine.probe(nodeId);
  } catch (error) {
    log({ id: nodeId, path: "nodes.probe", error });
    await db.proxmoxNode.updateMany({ where: { id: nodeId, probing: true }, data: { probing: false } });
    throw new AppError(
      "node.probe_not_started",
      "What you entered is kept, but the engine that checks nodes does not answer. Check it again in a moment.",
      { cause: error },
    );
  }
}

/** Of a new draft: it stays when the engine is away, its page says that it was not checked, and offers to. */
export async function startFirstProbe({ db, engine, log }: Context, nodeId: string): Promise<void> {
  await engine.probe(nodeId).catch(async (error: unknown) => {
    log({ id: nodeId, path: "nodes.probe", error });
    await db.proxmoxNode.updateMany({
      where: { id: nodeId },
      data: {
        probing: false,
        stateReason: { why: "check_not_begun" } satisfies NodeReasonCode,
      },
    });
  });
}
