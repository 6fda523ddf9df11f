// Every call that changes something and every `pct`, in order: what a history checker reads after a test full of faults.

import { appendLine, readLines } from "./persist";

export interface JournalEntry {
  /** When it arrived, in milliseconds since the epoch; entries are in the order in which they were done. */
  time: number;
  /** `root@pam!token` over HTTPS, `root@pam` over SSH. */
  actor: string;
  /** `POST`, `PUT`, `DELETE`, `SSH` for a command on the node, or `GUEST` for one that was run through a channel into a guest. */
  method: string;
  /** The API path without `/api2/json`, or the command's words (`pct exec`; of a guest `exec`). */
  path: string;
  vmid: number | null;
  params: Record<string, string>;
  /** HTTP status that the call had (also when the caller never got it), or the command's exit code. */
  status: number;
}

export interface Journal {
  add(entry: JournalEntry): void;
  read(): JournalEntry[];
}

const secret = new Set(["password", "ssh-public-keys"]);

export function openJournal(file: string): Journal {
  return {
    add(entry) {
      const params = Object.entries(entry.params).map(([key, value]): [string, string] => [
        key,
        secret.has(key) ? "***" : value,
      ]);
      appendLine(file, JSON.stringify({ ...entry, params: Object.fromEntries(params) }));
    },
    read: () => readLines(file).map((line) => JSON.parse(line) as JournalEntry), // written by add
  };
}
