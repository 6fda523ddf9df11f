// What host activities are given: the way to a node, and ports to whoever keeps the records. Never the database itself.
import type { ContainerSpec } from "@homeport/domain/container-input";
import type { SeenCertificate } from "@homeport/domain/node-report";
import type { TemplateDefinition } from "@homeport/domain/template";
import type { Proxmox, Resource } from "@homeport/proxmox";
import type { Ssh } from "@homeport/ssh";
import type { StepAt } from "../step-at";
import type { StepMemory } from "../step-memory";

export interface Host {
  /** As its owner calls it, for sentences. */
  name: string;
  /** As Proxmox calls it. */
  pveName: string;
  proxmox: Proxmox;
  /** Whose tasks are ours: "root@pam" and "homeport". */
  token: { user: string; tokenId: string };
  /** Whether SSH is set up and its host key confirmed. */
  hasSsh: boolean;
  /** One connection, made at the first call. */
  ssh(): Promise<Ssh>;
  close(): Promise<void>;
}

/** Where a node is, and what was pinned: no secret. */
export interface NodePlace {
  name: string;
  host: string;
  port: number;
  sshPort: number;
  hasSsh: boolean;
  tlsFingerprint: string | null;
  sshHostKey: string | null;
}

export interface Identity {
  certificate: SeenCertificate;
  /** Null when SSH is not set up. */
  sshHostKey: string | null;
}

/** Why the engine waits: the API, SSH, or something else. Cleared when that door opens again. */
export type Door = "api" | "ssh" | "other";
export type LogStream = "output" | "task" | "homeport";

/** The rows of one step, as a worker that may die at any moment writes them. */
export interface StepBook {
  readonly memory: StepMemory;
  remember(patch: Partial<StepMemory>): Promise<void>;
  /** Writes what begins at byte `offset` of the stream; what is there already is not written twice. Answers the stream's new end. */
  append(stream: LogStream, offset: number, bytes: Buffer): Promise<number>;
  /** Where the stream ends, in bytes. */
  end(stream: LogStream): Promise<number>;
  /** Adds a line of our own; the same line twice in a row is written once. */
  say(text: string): Promise<void>;
  /** Shows the step and its run as waiting. */
  wait(why: string, door: Door): Promise<void>;
  /** It goes on: ends a wait for this door (no door: any wait). */
  move(door?: Door): Promise<void>;
  /** Lines of this attempt's output that begin with "WARN: ". */
  warnings(): Promise<number>;
}

export interface FoundService {
  name: string;
  kind: string;
  port?: number | undefined;
  path?: string | undefined;
  credentials?: Record<string, string> | undefined;
}

/** What a container is made from. */
export interface Blueprint {
  spec: ContainerSpec;
  template: TemplateDefinition;
}

export interface HostDeps {
  /** Opens the node's secrets; refuses, with words, a node that is not confirmed or whose identity changed. */
  connect(nodeId: string, signal: AbortSignal): Promise<Host>;
  /** Undefined when the node was deleted. */
  locate(nodeId: string): Promise<NodePlace | undefined>;
  openStep(at: StepAt, tries: number): Promise<StepBook>;
  blueprint(containerId: string): Promise<Blueprint>;
  /** Seals the credentials and keeps what was found; what is no longer there is marked so. */
  keepServices(containerId: string, services: readonly FoundService[]): Promise<void>;
  /** The node showed another identity than the pinned one: everything on it stops until a person compares. */
  identityChanged(nodeId: string, seen: { tlsFingerprint?: string; sshHostKey?: string }): Promise<void>;
  sightings: Sightings;
  /** Waits of a real node, in ms; tests shorten them. */
  pace: Pace;
}

export interface Sightings {
  /** Why the node is not to be polled, or when somebody last looked at it. Undefined when the node was deleted. */
  attention(nodeId: string): Promise<{ watch: boolean; lookedAt: Date | null; fingerprint: string } | undefined>;
  /** One poll, whole: guests that are gone are removed. */
  keep(nodeId: string, seen: { pveName: string; resources: readonly Resource[] }): Promise<void>;
  unreachable(nodeId: string, why: string): Promise<void>;
  refused(nodeId: string, why: string): Promise<void>;
  /** What an operation saw with its own eyes, newer than the next poll's figures may be. Null: the guest is gone. */
  saw(nodeId: string, vmid: number, guest: { status: string; name?: string; tags?: string } | null): Promise<void>;
}

export interface Pace {
  pollFirstMs: number;
  pollMostMs: number;
  /** How long a container may take from its start until it has an address. */
  readyMs: number;
  shutdownS: number;
}

export const realPace: Pace = { pollFirstMs: 250, pollMostMs: 2_000, readyMs: 300_000, shutdownS: 60 };
