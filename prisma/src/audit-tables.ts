// Whether the tables of the audit log are as the migrations made them: a view in the place of one, another trigger or a function of the same name shows
// the inspection one thing and people another, or falsifies entries as they are written.
import { createHash } from "node:crypto";
import type { Db } from "./client";

/** SHA-256 of the sources of what the triggers call, as the newest migration that names it left it. */
const APPEND_ONLY = "cd968667f4fad9bff998515388a43696c7f50033b26176e372f5f83ae82fa043";
const CHAIN = "b2c1615322d73a5aabcba1b4313feb3609c77c9a6603b783ff65a23f92c4684b";
const KEEPS_ENTRIES = "35f62b27317a9e1c4247cfbef9c8502ccb0c1c66b1f0e89c4da72f490702ad5b";
/** When, in the bits of pg_trigger.tgtype (PostgreSQL's src/include/catalog/pg_trigger.h): before each row, or before a statement. */
const [INSERT, CHANGE, TRUNCATE] = [1 | 2 | 4, 1 | 2 | 8 | 16, 2 | 32];
const triggers: Record<string, Record<string, { type: number; source: string }>> = {
  AuditLog: {
    audit_log_append_only: { type: CHANGE, source: KEEPS_ENTRIES },
    audit_log_chain: { type: INSERT, source: CHAIN },
    audit_log_no_truncate: { type: TRUNCATE, source: APPEND_ONLY },
  },
  AuditHead: {
    audit_head_append_only: { type: CHANGE, source: APPEND_ONLY },
    audit_head_no_truncate: { type: TRUNCATE, source: APPEND_ONLY },
  },
  AuditBeginning: {},
};

interface Trigger {
  name: string;
  /** On, of every row and column. */
  isWhole: boolean;
  type: number;
  source: string;
}

/** Answers what is not so, in sentences; empty: nothing. */
export async function inspectTables(db: Db): Promise<string[]> {
  const found: string[] = [];
  for (const [name, expected] of Object.entries(triggers)) {
    // As an unqualified name is understood, which is how everything else here reads.
    const relation = `"${name}"`;
    const [[table], present] = await db.$transaction([
      db.$queryRaw<{ isPlain: boolean }[]>`
        SELECT c.relkind = 'r' AND NOT c.relhasrules AND NOT c.relrowsecurity AND EXISTS (
          SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid AND i.indnatts = 1) AS "isPlain"
        FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass(${relation})`,
      db.$queryRaw<Trigger[]>`
        SELECT t.tgname::text AS name, t.tgtype AS type, t.tgenabled = 'O' AND t.tgqual IS NULL AND t.tgattr = '' AS "isWhole", p.prosrc AS source
        FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgrelid = pg_catalog.to_regclass(${relation}) AND NOT t.tgisinternal`,
    ]);
    if (table?.isPlain !== true) found.push(`${name} is not the table that it was.`);
    else if (present.length !== Object.keys(expected).length || !present.every((one) => isOurs(one, expected)))
      found.push(`The triggers of ${name} are not those that Homeport made.`);
  }
  const others = await db.$queryRaw<{ name: string }[]>`
    SELECT p.proname::text AS name FROM pg_catalog.pg_proc p
    WHERE p.proname IN ('to_jsonb', 'encode', 'sha256', 'convert_to', 'nextval')
      AND p.pronamespace <> 'pg_catalog'::regnamespace AND pg_catalog.pg_function_is_visible(p.oid)`;
  for (const { name } of others) found.push(`There is a function ${name} that is not PostgreSQL’s own.`);
  return found;
}

function isOurs(trigger: Trigger, expected: (typeof triggers)[string]): boolean {
  const { [trigger.name]: ours } = expected;
  // A checkout on Windows may have written the migrations with other ends of lines.
  const source = createHash("sha256").update(trigger.source.replaceAll("\r\n", "\n")).digest("hex");
  return trigger.isWhole && trigger.type === ours?.type && source === ours.source;
}
