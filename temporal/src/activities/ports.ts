// What host activities and the records agree on: neither side knows the other's tools.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { NodeReasonCode } from "@homeport/domain/node/node-reason";
import type { NodeInventory, NodeReport, SeenCertificate } from "@homeport/domain/node/node-report";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import type { WaitReason } from "@homeport/domain/run/waiting";
import type { StepMemory } from "./step-memory";

export interface Identity {
  certificate: SeenCertificate;
  /** Null when SSH is not set up. */
  sshHostKey: string | null;
}

/** Why the engine waits: the API, SSH, or something else. Cleared when that transport works again. */
export type Transport = "api" | "ssh" | "other";

interface Wait {
  reason: WaitReason;
  transport: Transport;
  /** What waits is to take back what was made. */
  undoing: boolean;
}

export type LogStream = "output" | "task" | "homeport";

/** The rows of one step, as a worker that may die at any moment writes them. */
export interface StepRecord {
  readonly memory: StepMemory;
  /** Who has taken the step up, for what is written elsewhere on its behalf. */
  readonly writer: string;
  /** Whether its row said so when it was taken up. */
  readonly waits: boolean;
  remember(patch: Partial<StepMemory>): Promise<void>;
  /**
   * Writes at the end of the stream, which must be `at` (bytes), and remembers `memory` in the same transaction: both or neither, so
   * that whoever continues knows how far it was read at its source. Throws when somebody else has written. Answers the new end.
   */
  append(stream: LogStream, piece: { at: number; bytes: Buffer; memory: Partial<StepMemory> }): Promise<number>;
  /** Where the stream ends, in bytes. */
  end(stream: LogStream): Promise<number>;
  /** Adds a line of our own; the same line twice in a row is written once. */
  log(text: string): Promise<void>;
  /** Shows the step and its run as waiting. */
  wait(wait: Wait): Promise<void>;
  /** It goes on: ends a wait for this transport (none: any wait). */
  move(transport?: Transport): Promise<void>;
  /** Lines of this attempt's output, from that byte on, that begin with "WARN: ". */
  warnings(from: number): Promise<number>;
  /** The first lines of this attempt's output, from that byte on, that match (a regular expression of PostgreSQL, in any case). */
  linesLike(pattern: string, from: number): Promise<string[]>;
  /** Whether the lease of its container began the run ("holds"), and does not want it any more ("over"); "none": a person began it. */
  lease(): Promise<"none" | "holds" | "over">;
  /** Whether this run has started the container itself. */
  didStart(): Promise<boolean>;
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

export interface Sightings {
  /** Why the node is not to be polled, or when somebody last looked at it. Undefined when the node was deleted. */
  attention(nodeId: string): Promise<{ watch: boolean; lookedAt: Date | null; fingerprint: string } | undefined>;
  /** One poll, whole: guests that are gone are removed. */
  keep(nodeId: string, seen: { pveName: string; resources: readonly SeenResource[] }): Promise<void>;
  unreachable(nodeId: string, reason: NodeReasonCode): Promise<void>;
  refused(nodeId: string, reason: NodeReasonCode): Promise<void>;
  /** What an operation saw with its own eyes, newer than the next poll's figures may be. Null: the guest is gone. */
  saw(nodeId: string, vmid: number, guest: { status: string; name?: string; tags?: string } | null): Promise<void>;
}

/** One line of a node's list of everything it has, in its own words: bytes, seconds, `cpu` as a share of `maxcpu`. */
export interface SeenResource {
  type: string;
  node?: string | null | undefined;
  status?: string | null | undefined;
  vmid?: number | null | undefined;
  name?: string | null | undefined;
  lock?: string | null | undefined;
  tags?: string | null | undefined;
  cpu?: number | null | undefined;
  maxcpu?: number | null | undefined;
  mem?: number | null | undefined;
  maxmem?: number | null | undefined;
  disk?: number | null | undefined;
  maxdisk?: number | null | undefined;
  uptime?: number | null | undefined;
}

/** What came of signing in to a node and reading what it has. */
export type Inspection =
  | { report: NodeReport; inventory: NodeInventory | null; pveName: string | null; pveVersion: string | null }
  | { unreachable: NodeReasonCode }
  | { keyChanged: string }
  | { refused: NodeReasonCode };
