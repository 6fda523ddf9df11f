// Temporal, as the API sees it: the client of our own engine, with this installation's addresses.
import type { Deps } from "@homeport/api";
import type { Db } from "@homeport/db/client";
import { readKeys } from "@homeport/db/sealing";
import { createEngine as createTemporalEngine } from "@homeport/temporal/client";
import { createCodec } from "@homeport/temporal/codec";
import { engineNames } from "@homeport/temporal/engine-names";
import type { Env } from "../env";

/** No connection is made before the first call. */
export function createEngine(settings: Env, db: Db): Deps["engine"] {
  return createTemporalEngine({
    address: settings.TEMPORAL_ADDRESS,
    namespace: settings.TEMPORAL_NAMESPACE,
    names: engineNames(db),
    codec: createCodec(readKeys(settings.HOMEPORT_KEY_FILE)),
  });
}
