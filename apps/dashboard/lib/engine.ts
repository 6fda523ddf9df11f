// The way to Temporal; until its client is there it says that it is away.
import type { Deps } from "@homeport/api";
import type { Env } from "../env";

export function createEngine({ TEMPORAL_ADDRESS }: Env): Deps["engine"] {
  const away = async (): Promise<never> => { throw new Error(`no client for ${TEMPORAL_ADDRESS}`); };
  return { startRun: away, decide: away, cancel: away, probe: away, watchNode: away, status: away };
}
