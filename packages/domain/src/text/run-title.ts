// What a run is called, wherever it is named.
import type { RunKind } from "@homeport/db/types";
import { runKinds } from "../run/run-kinds";

/** "Create shop". */
export function runTitle({ kind, container }: { kind: RunKind; container: { hostname: string } }): string {
  return `${runKinds[kind].text.title} ${container.hostname}`;
}
