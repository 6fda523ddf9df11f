// Faults by call: what tests switch on and off, in this process or through /lab of the HTTPS server.

import type { SeenRequest } from "../http/requests";
import type { Costs } from "../costs";
import type { JournalEntry } from "../journal";

/** Matches requests: method exactly, path (without /api2/json) by text that it contains. */
interface RequestMatch {
  method?: string;
  path?: string;
  /** How many requests; default 1. */
  times?: number;
}

export interface FaultApi {
  /** Carries the request out and cuts the connection before its answer. */
  loseReply(match: RequestMatch): Promise<void>;
  /** Cuts the connection before the request is carried out. */
  dropRequest(match: RequestMatch): Promise<void>;
  /** Carries the request out at once and answers `delayMs` later. */
  delayReply(match: RequestMatch & { delayMs: number }): Promise<void>;
  /** Answers without carrying out, for instance 596 as a hung proxy does, or a 200 with a `body` that is no JSON. */
  answerWith(match: RequestMatch & { status: number; reason?: string; body?: string }): Promise<void>;
  /** The next tasks of a type take `delayMs` longer (flock held meanwhile). */
  delayTask(what: { type?: string; vmid?: number; delayMs: number; times?: number }): Promise<void>;
  /** Tasks that are being delayed go on now, and those to come are not delayed. */
  endDelays(): Promise<void>;
  /** The next tasks of a type end with this error. */
  failTask(what: { type?: string; vmid?: number; error: string; times?: number }): Promise<void>;
  /** The next task of a type dies as it begins: `unexpected status`, a create leaves `lock: create`. */
  dieTask(what: { type?: string; vmid?: number }): Promise<void>;
  /** Kills running tasks (all, or of one type) as SIGKILL does. */
  killTasks(what?: { type?: string; vmid?: number }): Promise<void>;
  cutSsh(): Promise<void>;
  /** New SSH connections are closed at once for so long; 0 ends it. */
  refuseSsh(what: { ms: number }): Promise<void>;
  /** HTTPS and SSH connections are destroyed for so long; 0 ends it. */
  unreachable(what: { ms: number }): Promise<void>;
  /** Answers the new fingerprint. */
  changeCertificate(): Promise<string>;
  /** Answers the new fingerprint. */
  changeHostKey(): Promise<string>;
  /** A guest that Homeport did not make. */
  createForeignGuest(what: { vmid: number; hostname?: string; running?: boolean; tags?: string }): Promise<void>;
  /** Takes a guest away as if somebody had destroyed it by hand. */
  deleteGuest(what: { vmid: number }): Promise<void>;
  /** Sets or (null) clears a config lock. */
  lockGuest(what: { vmid: number; lock: string | null }): Promise<void>;
  /** Holds the guest's flock for so long. */
  holdFlock(what: { vmid: number; ms: number }): Promise<void>;
  /** Stops a running guest behind everybody's back. */
  stopGuest(what: { vmid: number }): Promise<void>;
  /** Moves a guest to another node of the cluster, or (null) home: it restarts there, the API reaches it there, `pct` here does not. */
  migrateGuest(what: { vmid: number; to: string | null }): Promise<void>;
  revokeToken(what?: { tokenId?: string }): Promise<void>;
  restoreToken(what?: { tokenId?: string }): Promise<void>;
  fillStorage(what: { storage: string; full: boolean }): Promise<void>;
  /** Takes an OS image off storage `local`; it stays in the catalogue. */
  removeOsTemplate(what: { file: string }): Promise<void>;
  /** The catalogue of downloads is empty until `pveam update`. */
  forgetCatalogue(): Promise<void>;
  quorum(what: { ok: boolean }): Promise<void>;
  /** Root's shell prints this before each command, to both streams, as a ~/.bashrc may; "" ends it. */
  shellPrints(what: { text: string }): Promise<void>;
  /** From now on answers cost this much; what is not named stays as it is. No fault: `reset` leaves it. */
  costs(what: Partial<Costs>): Promise<void>;
  /** Power loss: tasks die, guests stop, the node is unreachable for `downMs`, then guests with onboot start. */
  rebootNode(what?: { downMs?: number }): Promise<void>;
  /** Every mutating call and every `pct` so far, oldest first. */
  journal(): Promise<JournalEntry[]>;
  /** The newest 10,000 requests of the API since the lab's start, oldest first: those that only read are here too. */
  requests(): Promise<SeenRequest[]>;
  /** Ends all faults that are still on; guests, certificate and keys stay as they are. */
  reset(): Promise<void>;
}
