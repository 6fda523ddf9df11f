// Temporal, as the API sees it: the client of our own engine, with this installation's addresses.
import type { Db } from "@homeport/db/client";
import { createEngine as createTemporalEngine, type Engine } from "@homeport/temporal/client";
import { describeRun } from "@homeport/temporal/describe-run";
import type { Env } from "../env";

/** No connection is made before the first call. */
export function createEngine(settings: Env, db: Db): Engine {
  return createTemporalEngine({
    address: settings.TEMPORAL_ADDRESS,
    namespace: settings.TEMPORAL_NAMESPACE,
    uiUrl: settings.TEMPORAL_UI_URL,
    describe: describeRun(db),
  });
}
