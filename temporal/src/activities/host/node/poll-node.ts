// Looks at a node again and again, one request each time, however many people watch: often while somebody does, else rarely.
import { Context, sleep } from "@temporalio/activity";
import { explain } from "../../failures";
import { plainTexts } from "../../output/harmless";
import type { Host, HostDeps } from "../deps";

/** A node refreshes its list every 10 s (pvestatd): asking more often gives the same answer. With the reconciler's that makes six requests a minute. */
const LOOKED_AT_MS = 12_000;
const ALONE_MS = 60_000;
/** Somebody looked within this: the dashboard says so every 20 s while a page is open. */
const ATTENTION_MS = 30_000;
/** How soon a look is noticed. */
const NOTICE_MS = 1_500;
/** One activity for so long; then the workflow begins another, so that its history stays short. */
const SHIFT_MS = 30 * 60_000;

/** "over": the node is gone, or is not to be watched now. "again": a new shift is due. */
export async function pollNode(deps: HostDeps, nodeId: string): Promise<"over" | "again"> {
  const { cancellationSignal: signal } = Context.current();
  const until = Date.now() + SHIFT_MS;
  let open: { host: Host; fingerprint: string } | undefined;
  try {
    while (Date.now() < until) {
      const attention = await deps.sightings.attention(nodeId);
      if (!attention?.watch) return "over";
      if (open && open.fingerprint !== attention.fingerprint) {
        await open.host.close();
        open = undefined;
      }
      try {
        open ??= { host: await deps.connect(nodeId), fingerprint: attention.fingerprint };
        const resources = await open.host.proxmox.resources(undefined, { signal });
        await deps.sightings.keep(nodeId, { pveName: open.host.pveName, resources: plainTexts(resources) });
      } catch (error) {
        if (signal.aborted) throw error;
        await keepFailure(deps, nodeId, { error, name: open?.host.name });
      }
      await untilDue(deps, nodeId, attention.fingerprint);
    }
    return "again";
  } finally {
    await open?.host.close().catch(() => undefined);
  }
}

async function keepFailure(
  deps: HostDeps,
  nodeId: string,
  { error, name }: { error: unknown; name: string | undefined },
): Promise<void> {
  const trouble = explain(error, name ?? (await deps.locate(nodeId))?.name ?? "?", { place: "node" });
  if (trouble.seen) return deps.identityChanged(nodeId, trouble.seen);
  const { nodeReason } = trouble;
  if (nodeReason !== undefined)
    return nodeReason.why === "unreachable"
      ? deps.sightings.unreachable(nodeId, nodeReason)
      : deps.sightings.refused(nodeId, nodeReason);
  // Our own database, or an answer that was none: the next poll will tell.
  Context.current().log.warn("a poll failed", { nodeId, kind: trouble.kind });
  if (trouble.kind === "homeport" || trouble.kind === "database") throw error;
}

/** Sleeps in short naps, so that a look ends a long wait. */
async function untilDue(deps: HostDeps, nodeId: string, fingerprint: string): Promise<void> {
  const began = Date.now();
  for (;;) {
    await sleep(NOTICE_MS);
    const attention = await deps.sightings.attention(nodeId);
    const looked = attention?.lookedAt && Date.now() - attention.lookedAt.getTime() < ATTENTION_MS;
    if (!attention?.watch || attention.fingerprint !== fingerprint) return;
    if (Date.now() - began >= (looked ? LOOKED_AT_MS : ALONE_MS)) return;
  }
}
