// What the kinds of runs are called, and what a person's decisions do, in words.
import type { RunKind } from "@homeport/db/types";

export const kindTitles: Record<RunKind, string> = {
  provision: "Create",
  start: "Start",
  stop: "Stop",
  shutdown: "Shut down",
  reboot: "Reboot",
  destroy: "Delete",
};

/** "Create shop". */
export function runTitle({ kind, container }: { kind: RunKind; container: { hostname: string } }): string {
  return `${kindTitles[kind]} ${container.hostname}`;
}
