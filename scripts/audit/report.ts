// The whole audit log read and judged, in sentences: what `npm run audit:verify` prints.
import { createHeadSigner, headFile, type RememberedHead } from "../../prisma/src/audit-heads";
import { inspectAuditLog, type Flaw, type Inspection } from "../../prisma/src/audit-inspection";
import { createDb } from "../../prisma/src/client";
import { readKeys } from "../../prisma/src/sealing";

export interface AuditReport {
  holds: boolean;
  lines: string[];
}

export interface AuditSources {
  databaseUrl: string;
  /** The sealing keys, from which those that sign are derived. */
  keyFile: string;
  /** Remembers the newest signed head outside of the database. */
  headFile: string;
}

/** Flaws beyond these are counted. */
const SHOWN = 20;

/** Changes nothing. Throws a sentence when it cannot be judged: no keys, no server, an older schema. */
export async function reportAudit(sources: AuditSources): Promise<AuditReport> {
  const signer = createHeadSigner(readKeys(sources.keyFile));
  const remembered = headFile(sources.headFile).read();
  const db = createDb(sources.databaseUrl, { max: 2 });
  try {
    const kept = await db.auditCheck.findUnique({ where: { only: true } });
    const seen = kept?.headAt ? { id: kept.headId, hash: kept.headHash, createdAt: kept.headAt } : null;
    const found = await inspectAuditLog(db, { after: null, signer, seen, remembered });
    return {
      holds: found.flaws.length === 0,
      lines: [...verdict(found), ...memory(found, remembered, sources.headFile)],
    };
  } catch (error) {
    if (error instanceof Error && "code" in error && ["P2021", "P2022"].includes(String(error.code)))
      throw new Error(
        "This database is of an older version, which signed nothing: start Homeport with it once (npm start), and verify then.",
        { cause: error },
      );
    throw error;
  } finally {
    await db.$disconnect();
  }
}

function verdict({ flaws, last, newestHead, entries }: Inspection): string[] {
  if (last === null && flaws.length === 0) return ["The audit log is empty."];
  const read = `Read ${count(entries, "entry", "entries")}${last === null ? "" : `, the newest of ${last.createdAt.toISOString()}`}.`;
  if (flaws.length > 0)
    return [
      read,
      `The audit log does not hold: ${count(flaws.length, "place does", "places do")} not fit.`,
      ...flaws.slice(0, SHOWN).map((flaw) => `  - ${described(flaw)}`),
      ...(flaws.length > SHOWN ? [`  - and ${flaws.length - SHOWN} more`] : []),
    ];
  return [read, "The audit log holds: no entry was altered or removed.", signedUpTo(newestHead, last)];
}

function signedUpTo(head: Inspection["newestHead"], last: Inspection["last"]): string {
  if (head === null) return "Nothing is signed yet: the worker signs within an hour of its start.";
  const upTo = `Signed up to entry ${head.entryId} of ${head.entryAt.toISOString()} (signature ${head.number}).`;
  return last !== null && last.id > head.entryId
    ? `${upTo} What was written since then is not signed yet: the worker signs once an hour.`
    : upTo;
}

function described({ what, entry }: Flaw): string {
  const named = `entry ${entry.id} of ${entry.createdAt.toISOString()}`;
  return what === "entry"
    ? `${named}: it, or one before it, is not what was written, or is gone.`
    : `${named}: the signature that was made at it is missing, or was altered or made with other keys.`;
}

function memory({ flaws }: Inspection, remembered: RememberedHead | null, file: string): string[] {
  if (remembered === null)
    return [
      `No signature is remembered outside of the database (${file}): entries that were cut off together with their signatures would not be missed.`,
    ];
  if (!flaws.some(({ entry }) => entry.id === remembered.entryId)) return [];
  return [
    `Entry ${remembered.entryId} stands in ${file} as the newest that was signed. If you put back an older copy of the database yourself, that is why it is missed: delete that file, and what stands in the database counts from then on.`,
  ];
}

const count = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;
