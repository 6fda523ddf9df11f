// What the reconciler's look at a node and its rows agree on: neither side knows the other's tools.
import type { ContainerLifecycle, OrphanKind, RunKind } from "@homeport/db/types";
import type { ReadOwner } from "@homeport/domain/container/guest-ownership";
import type { OrphanFacts } from "@homeport/domain/orphan/orphan";

/** Seen once, and not told yet: a poll may be late, a run may have begun meanwhile. */
export interface Suspect {
  subject: string;
  kind: OrphanKind;
  /** When it was seen first, in ms since 1970. */
  sinceMs: number;
}

export interface Found {
  kind: OrphanKind;
  /** What it is about, once: see Orphan.subject. */
  subject: string;
  vmid?: number;
  containerId?: string;
  runId?: string;
  /** With `unread`: it could not be compared, which takes nothing back that was reported of it before. */
  facts: Partial<OrphanFacts>;
}

export interface RowOfContainer {
  id: string;
  vmid: number;
  hostname: string;
  lifecycle: ContainerLifecycle;
  active: RunKind | null;
  /** What the configuration of an untagged guest at its VMID said, while that still counts. */
  read: ReadOwner | null;
  /** That its guest is not there was reported, with who is there instead. */
  gone: boolean;
}

/** Read just now: by container. */
export type NewReadOwner = ReadOwner & { containerId: string };

export interface NodeRows {
  /** Live containers of this node that have a VMID. */
  containers: RowOfContainer[];
  /** `<vmid> <tag>` of every live container of this Homeport, whichever node row it belongs to: a machine may have been added twice. */
  ownedTags: ReadonlySet<string>;
  /** Tags of containers that a run works on now: they are about to change. */
  busy: ReadonlySet<string>;
}

export interface Reconciler {
  /** Undefined: the node is not to be looked at. */
  rows(nodeId: string): Promise<NodeRows | undefined>;
  /** Everything that a whole look at the node found. Answers what has to be seen once more before it is reported. */
  keep(nodeId: string, found: readonly Found[], suspects: readonly Suspect[]): Promise<Suspect[]>;
  remember(readOwners: readonly NewReadOwner[]): Promise<void>;
}
