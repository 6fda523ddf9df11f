// Whether the keys at hand are those that sealed what the database holds: asked once, before a server starts to work.
import type { Db } from "./client";
import { createVault, type Place, type SealingKeys, SealingKeysError } from "./sealing";

/** `sysexits.h`, EX_CONFIG: what a server that refuses to start exits with. Starting it again is of no use until somebody mends it. */
export const REFUSED_EXIT_CODE = 78;
/** Of each version so many are tried: one value that somebody damaged is no reason to keep everything down. */
const SAMPLE = 5;

interface Sealed {
  table: Place["table"];
  row: string;
  column: string;
  value: string;
}

/** Throws a SealingKeysError when a key is missing or opens nothing that was sealed with its version; `file` is named in it. */
export async function checkKeys(db: Db, keys: SealingKeys, file: string): Promise<void> {
  const vault = createVault(keys);
  const opens = ({ value, ...place }: Sealed): boolean => {
    try {
      vault.open(place, value);
      return true;
    } catch {
      return false;
    }
  };
  const sealed = await sampleSealed(db);
  const versionOf = ({ value }: Sealed): string => value.split(".")[0] ?? "";
  for (const version of new Set(sealed.map(versionOf))) {
    const sample = sealed.filter((one) => versionOf(one) === version);
    if (keys.keys[version] === undefined)
      throw new SealingKeysError(
        `The sealing keys in ${file} lack key “${version}”, with which stored secrets are sealed. ${RESTORE}`,
      );
    if (!sample.some(opens))
      throw new SealingKeysError(
        `The sealing keys in ${file} are not those with which the stored secrets were sealed. ${RESTORE}`,
      );
  }
  await requireSigningKeys(db, keys, file);
}

/** Secrets, or signatures over the audit log: the keys of both must not be made anew. */
export async function hasSealed(db: Db): Promise<boolean> {
  return (await sampleSealed(db)).length > 0 || (await db.auditHead.count({ take: 1 })) > 0;
}

/** Without them every signature over the audit log would count as forged. */
async function requireSigningKeys(db: Db, { keys }: SealingKeys, file: string): Promise<void> {
  const signed = await db.auditHead.groupBy({ by: ["key"] });
  const missing = signed.find(({ key }) => keys[key] === undefined);
  if (missing !== undefined)
    throw new SealingKeysError(
      `The sealing keys in ${file} lack key “${missing.key}”, with which the audit log was signed. ${RESTORE}`,
    );
}

const RESTORE =
  "Put that file back from the backup that belongs to this database, then start again. Nothing was changed.";

/** The newest few of each version. */
function sampleSealed(db: Db): Promise<Sealed[]> {
  return db.$queryRaw<Sealed[]>`
    WITH "sealed" AS (
      SELECT 'ProxmoxNode' AS "table", "id"::text AS "row", "column", "value"
      FROM "ProxmoxNode", LATERAL (VALUES ('tokenSecret', "tokenSecret"), ('sshPassword', "sshPassword"), ('sshPrivateKey', "sshPrivateKey")) AS v("column", "value")
      UNION ALL SELECT 'ContainerService', "id"::text, 'credentials', "credentials" FROM "ContainerService"
    ), "numbered" AS (
      SELECT *, row_number() OVER (PARTITION BY split_part("value", '.', 1) ORDER BY "row" DESC) AS "number" FROM "sealed" WHERE "value" ~ '^[^.]+[.][^.]+[.][^.]+$'
    )
    SELECT "table", "row", "column", "value" FROM "numbered" WHERE "number" <= ${SAMPLE}`;
}
