// What a run is called.
import type { RunKind } from "@homeport/db/types";
import { runKinds } from "@homeport/domain/run/run-kinds";

/** "Create". */
export function kindTitle(kind: RunKind): string {
  return runKinds[kind].text.title;
}

/** "Create shop". */
export function runTitle({ kind, container }: { kind: RunKind; container: { hostname: string } }): string {
  return `${kindTitle(kind)} ${container.hostname}`;
}
