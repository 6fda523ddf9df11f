// What does not agree, as its owner sees it: with its evidence, and with what can be done about it or why not.
import type { Prisma } from "@homeport/db/client";
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

/** What is known of its container, where the person may see that. */
export const orphanContainer = { id: true, hostname: true, lifecycle: true } as const satisfies Prisma.ContainerSelect;

export type OrphanView = Omit<OrphanRow, "facts" | "containerId"> & {
  /** What is wrong, in one sentence. */
  sentence: string;
  container: Prisma.ContainerGetPayload<{ select: typeof orphanContainer }> | null;
  facts: OrphanFacts;
  /** In the order of the buttons. `name`: has to be typed. `undefined` reason: it can be done now. */
  actions: { action: OrphanAction; reason: string | undefined; name: string | undefined }[];
};

export function toOrphanView(row: OrphanRow, container: OrphanView["container"]): OrphanView {
  const { facts: stored, containerId: _, ...rest } = row;
  const facts = OrphanFacts.parse(stored);
  const orphan = { kind: row.kind, state: row.state, vmid: row.vmid, facts };
  return {
    ...rest,
    facts,
    container,
    sentence: orphanSentence({ ...orphan, nodeName: row.node?.name ?? null }),
    actions: offeredActions(row).map((action) => ({
      action,
      reason: whyNotSettle(action, orphan),
      name: mustTypeName(action, orphan) ? nameOf(row.vmid, facts) : undefined,
    })),
  };
}

function offeredActions({ kind, state }: Pick<OrphanRow, "kind" | "state">): OrphanAction[] {
  switch (state) {
    case "open":
      return [...actionsOf[kind]];
    case "ignored":
      return [...actionsOf[kind].filter((action) => action !== "ignore"), "reopen"];
    case "resolved":
      return [];
  }
}

/** What a person types to confirm. */
export function nameOf(vmid: number | null, { hostname }: Pick<OrphanFacts, "hostname">): string {
  return hostname ?? String(vmid ?? "");
}
