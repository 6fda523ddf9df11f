// What does not agree, as its owner sees it: with its evidence, and with what can be done about it or why not.
import type { Prisma } from "@homeport/db/client";
import type { ContainerLifecycle, OrphanKind, OrphanState } from "@homeport/db/types";
import {
  actionsOf,
  mustTypeName,
  OrphanFacts,
  orphanSentence,
  whyNotSettle,
  type OrphanAction,
} from "@homeport/domain/orphan/orphan";

export const orphanView = {
  id: true,
  kind: true,
  state: true,
  vmid: true,
  containerId: true,
  runId: true,
  facts: true,
  resolution: true,
  firstSeenAt: true,
  lastSeenAt: true,
  resolvedAt: true,
  node: { select: { id: true, name: true } },
} as const satisfies Prisma.OrphanSelect;
export type OrphanRow = Prisma.OrphanGetPayload<{ select: typeof orphanView }>;

export interface OrphanView {
  id: string;
  kind: OrphanKind;
  state: OrphanState;
  /** What is wrong, in one sentence. */
  sentence: string;
  vmid: number | null;
  node: { id: string; name: string } | null;
  container: { id: string; hostname: string; lifecycle: ContainerLifecycle } | null;
  runId: string | null;
  facts: OrphanFacts;
  resolution: string | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  resolvedAt: Date | null;
  /** In the order of the buttons. `name`: has to be typed. `undefined` reason: it can be done now. */
  actions: { action: OrphanAction; reason: string | undefined; name: string | undefined }[];
}

export function toOrphanView(row: OrphanRow, container: OrphanView["container"]): OrphanView {
  const { facts: stored, node, containerId: _, ...rest } = row;
  const facts = OrphanFacts.parse(stored);
  const orphan = { kind: row.kind, state: row.state, vmid: row.vmid, facts };
  const offered: OrphanAction[] =
    row.state === "resolved"
      ? []
      : row.state === "ignored"
        ? [...actionsOf[row.kind].filter((action) => action !== "ignore"), "reopen"]
        : [...actionsOf[row.kind]];
  return {
    ...rest,
    facts,
    node,
    container,
    sentence: orphanSentence({ ...orphan, nodeName: node?.name ?? null }),
    actions: offered.map((action) => ({
      action,
      reason: whyNotSettle(action, orphan),
      name: mustTypeName(action, orphan) ? nameOf(row.vmid, facts) : undefined,
    })),
  };
}

/** What a person types to confirm. */
export function nameOf(vmid: number | null, { hostname }: Pick<OrphanFacts, "hostname">): string {
  return hostname ?? String(vmid ?? "");
}
