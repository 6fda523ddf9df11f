// Whether the tables of the audit log are as the migrations made them: a view in the place of one, another trigger or a function of the same name shows
// the inspection one thing and people another, or falsifies entries as they are written.
import { createHash } from "node:crypto";
import type { Db } from "./client";

const triggers = new Map<string, readonly string[]>([
  ["AuditLog", ["audit_log_append_only", "audit_log_chain", "audit_log_no_truncate"]],
  ["AuditHead", ["audit_head_append_only", "audit_head_no_truncate"]],
  ["AuditBeginning", []],
]);
/** SHA-256 of the sources, as the newest migration that names them left them. */
const sources = new Map<string, string>([
  ["audit_log_append_only", "cd968667f4fad9bff998515388a43696c7f50033b26176e372f5f83ae82fa043"],
  ["audit_log_chain", "b2c1615322d73a5aabcba1b4313feb3609c77c9a6603b783ff65a23f92c4684b"],
  ["audit_log_keeps_entries", "35f62b27317a9e1c4247cfbef9c8502ccb0c1c66b1f0e89c4da72f490702ad5b"],
]);

interface Table {
  name: string;
  isPlain: boolean;
  triggers: string[];
}

/** Answers what is not so, in sentences; empty: nothing. */
export async function inspectTables(db: Db): Promise<string[]> {
  const [tables, functions, others] = await db.$transaction([
    db.$queryRaw<Table[]>`
      SELECT c.relname AS name,
        c.relkind = 'r' AND NOT c.relhasrules AND NOT c.relrowsecurity AND EXISTS (
          SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid AND i.indnatts = 1) AS "isPlain",
        ARRAY(SELECT t.tgname::text || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' (off)' END FROM pg_catalog.pg_trigger t
          WHERE t.tgrelid = c.oid AND NOT t.tgisinternal ORDER BY 1) AS triggers
      FROM pg_catalog.pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(${[...triggers.keys()]})`,
    db.$queryRaw<{ name: string; source: string }[]>`
      SELECT p.proname AS name, p.prosrc AS source FROM pg_catalog.pg_proc p WHERE p.proname = ANY(${[...sources.keys()]})`,
    db.$queryRaw<{ name: string }[]>`
      SELECT p.proname AS name FROM pg_catalog.pg_proc p
      WHERE p.proname IN ('to_jsonb', 'encode', 'sha256', 'convert_to', 'nextval') AND p.pronamespace <> 'pg_catalog'::regnamespace`,
  ]);
  const found: string[] = [];
  for (const [name, expected] of triggers) {
    const table = tables.find((one) => one.name === name);
    if (table?.isPlain !== true) found.push(`${name} is not the table that it was.`);
    else if (table.triggers.join() !== expected.join())
      found.push(`The triggers of ${name} are not Homeport’s: ${table.triggers.join(", ") || "there is none"}.`);
  }
  for (const [name, expected] of sources) {
    const bodies = functions.filter((one) => one.name === name).map(({ source }) => hashed(source));
    if (bodies.join() !== expected) found.push(`The function ${name} is not Homeport’s.`);
  }
  for (const { name } of others) found.push(`There is a function ${name} that is not PostgreSQL’s own.`);
  return found;
}

const hashed = (source: string): string => createHash("sha256").update(source).digest("hex");
