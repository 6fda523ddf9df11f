// What host activities are given: the way to a node, and ports to whoever keeps the records. Never the database itself.
import type { StepEdit } from "@homeport/domain/run/step-edit";
import type { Channel } from "@homeport/guest";
import type { Proxmox } from "@homeport/proxmox";
import type { Ssh } from "@homeport/ssh";
import type { Blueprint, FoundService, Sightings, StepRecord } from "../ports";
import type { PlanPorts } from "../plan-ports";
import type { Reconciler } from "../reconcile-ports";
import type { StepAt } from "../step-at";
import type { VmidPorts } from "../vmid-ports";

export interface Host {
  /** As its owner calls it, for sentences. */
  name: string;
  /** As Proxmox calls it; the node of the cluster that has the guest, when it was moved. */
  pveName: string;
  /** The guest was moved away from this node, which is the one that SSH reaches. */
  movedFrom?: string;
  proxmox: Proxmox;
  /** Whose tasks are ours: "root@pam" and "homeport". */
  token: { user: string; tokenId: string };
  /** Whether SSH is set up and its host key confirmed. */
  hasSsh: boolean;
  /** Shared by the activities of one process; made anew when it was lost. */
  ssh(): Promise<Ssh>;
  /** Into a guest, for this run alone; kept between its steps, made anew when it ended. Opening it asserts nothing about whose guest it is. */
  guest(guest: { runId: string; vmid: number }): Promise<Channel>;
  /** The same, where an earlier step of the run left it open. */
  kept(guest: { runId: string; vmid: number }): Channel | undefined;
  close(): Promise<void>;
}

/** Where a node is, and what was pinned: no secret. */
interface NodePlace {
  name: string;
  host: string;
  port: number;
  sshPort: number;
  hasSsh: boolean;
  tlsFingerprint: string | null;
  sshHostKey: string | null;
}

export interface HostDeps extends PlanPorts, VmidPorts {
  /** Opens the node's secrets; refuses, with words, a node that is not confirmed or whose identity changed. */
  connect(nodeId: string): Promise<Host>;
  /** Undefined when the node was deleted. */
  locate(nodeId: string): Promise<NodePlace | undefined>;
  /** This Homeport's own name, which goes into the note of every guest. */
  installation(): Promise<string>;
  openStep(at: StepAt, tries: number): Promise<StepRecord>;
  blueprint(containerId: string): Promise<Blueprint>;
  /** What a person changed about this step, up to this attempt; null: nothing. */
  edit(at: StepAt): Promise<StepEdit | null>;
  /** What must never be stored in the open: the node's token and SSH credentials, and what is known of the container's services. */
  secrets(at: StepAt): Promise<string[]>;
  /** Seals the credentials and keeps what was found; what is no longer there is marked so. */
  keepServices(containerId: string, services: readonly FoundService[]): Promise<void>;
  /** Before the step has ended, when the node's own work is over: the next one is let in. Harmless when there is no slot. */
  releaseSlot(at: StepAt): Promise<void>;
  /** The node showed another identity than the pinned one: everything on it stops until a person compares. */
  identityChanged(nodeId: string, seen: { tlsFingerprint?: string; sshHostKey?: string }): Promise<void>;
  sightings: Sightings;
  /** The rows that a node is compared with. */
  reconciler: Reconciler;
  /** Waits of a real node, in ms; tests shorten them. */
  pace: Pace;
}

export interface Pace {
  /** Where it is not known how long tasks of its kind take, one is asked about after this, then less and less often, at most after `pollMostMs` (guest/poll-times.ts). */
  pollFirstMs: number;
  pollMostMs: number;
  /** How long a container may take from its start until it has an address. */
  readyMs: number;
  /** How long a container must be seen stopped while its boot is waited for: one that restarts itself is stopped for a moment. */
  stoppedMs: number;
  shutdownS: number;
  /** How long a step goes by what an earlier one heard of the node (host/recent.ts). */
  seenMs: number;
  /** How long a plan for a create believes rights that were granted. */
  rightsMs: number;
}

export const realPace: Pace = {
  pollFirstMs: 250,
  pollMostMs: 800,
  readyMs: 300_000,
  stoppedMs: 3_000,
  shutdownS: 60,
  seenMs: 2_000,
  rightsMs: 60_000,
};
