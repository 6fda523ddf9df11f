// Asks the engine to probe a node; when it cannot, the row says so instead of "checking" for ever.
import { AppError } from "@homeport/domain/error";
import type { Context } from "../context";

export async function startProbe({ db, engine, log }: Context, nodeId: string): Promise<void> {
  try {
    await engine.probe(nodeId);
  } catch (error) {
    log({ id: nodeId, path: "nodes.probe", error });
    await db.proxmoxNode.updateMany({ where: { id: nodeId, probing: true }, data: { probing: false } });
    throw new AppError("node.probe_not_started", "The node is saved, but the engine that checks it does not answer. Check it again in a moment.", { cause: error });
  }
}
