// What the journal keeps of pct: every call, and what was run through a guest's channel, unless it only asks.

import { actorOf } from "../access/actor";
import type { Core } from "../core";
import type { JournalEntry } from "../journal";

export const root = actorOf("root@pam");

/** Of what is run inside a guest: it changes nothing, and is asked again and again. */
export function asksOnly(argv: readonly string[]): boolean {
  return argv.some((word) => ["follow", "ready", "discover", "sha256sum"].includes(word));
}

export function journalPct(core: Core, entry: Omit<JournalEntry, "actor">): void {
  core.journal.add({ actor: root.authid, ...entry });
}
