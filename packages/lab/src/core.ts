// The parts of one lab node, handed to every operation; start-lab.ts is where they are made.

import type { Access } from "./access/access";
import type { Passwords } from "./access/passwords";
import type { LabClock } from "./clock";
import type { Costs } from "./costs";
import type { FaultState } from "./faults/state";
import type { Flocks } from "./guests/flock";
import type { Guests } from "./guests/guests";
import type { LabHost } from "./host";
import type { Tickets } from "./http/tickets";
import type { Journal } from "./journal";
import type { Requests } from "./http/requests";
import type { NodeFacts } from "./node-facts";
import type { OsTemplates } from "./os-templates";
import type { Pools } from "./pools";
import type { Storages } from "./storages";
import type { StoredFiles } from "./stored-files";
import type { Tasks } from "./tasks/tasks";
import type { Release } from "./version";
import type { Vnets } from "./vnets";

export interface Core {
  readonly facts: NodeFacts;
  readonly release: Release;
  readonly clock: LabClock;
  readonly access: Access;
  readonly passwords: Passwords;
  readonly tickets: Tickets;
  readonly guests: Guests;
  readonly flocks: Flocks;
  readonly tasks: Tasks;
  readonly storages: Storages;
  readonly pools: Pools;
  readonly files: StoredFiles;
  readonly vnets: Vnets;
  readonly osTemplates: OsTemplates;
  readonly host: LabHost;
  readonly faults: FaultState;
  readonly costs: Costs;
  readonly journal: Journal;
  readonly requests: Requests;
  /** Fingerprint of the certificate in use now. */
  fingerprint(): string;
  certificatePem(): string;
  /** The SSH host key as in its .pub file. */
  hostKeyLine(): string;
  /** Waits `ms` times the lab's task scale. */
  pace(ms: number, signal?: AbortSignal): Promise<void>;
}
