// What the records need to work: the database and the sealing keys, nothing that touches a host.
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";

export interface RecordDeps {
  db: Db;
  vault: Vault;
}
