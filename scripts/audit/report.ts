// The whole audit log read and judged, in sentences: what `npm run audit:verify` prints.
import { createHeadSigner, headFile, type RememberedHead } from "../../prisma/src/audit-heads";
import { inspectAuditLog, seenBefore, type Flaw, type Inspection } from "../../prisma/src/audit-inspection";
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
  const remembered = recall(sources.headFile);
  const db = createDb(sources.databaseUrl, { max: 2 });
  try {
    const seen = seenBefore(await db.auditCheck.findFirst({ where: { only: true } }));
    const found = await inspectAuditLog(db, { after: null, signer, seen, remembered });
    return {
      holds: found.flaws.length === 0,
      lines: [
        ...verdict(found),
        ...dropped(found),
        ...(remembered === null ? [notRemembered(sources.headFile)] : []),
        ...(isOfOtherKeys(found) ? [otherKeys(sources.keyFile)] : []),
        ...(found.flaws.some(({ what }) => what === "memory") ? [olderCopy(sources.headFile)] : []),
      ],
    };
  } catch (error) {
    if (error instanceof Error && "code" in error && ["P2021", "P2022"].includes(String(error.code)))
      throw new Error(
        "This database holds no audit log that is signed: it is not Homeport’s, or of an older version. Start Homeport with it once (npm start), and verify then.",
        { cause: error },
      );
    if (error instanceof Error && "clientVersion" in error)
      // Prisma's own words begin with our source; its last line says why.
      throw new Error(`The database could not be read: ${error.message.trim().split("\n").at(-1) ?? error.name}.`, {
        cause: error,
      });
    throw error;
  } finally {
    await db.$disconnect();
  }
}

function verdict({ flaws, last, newestHead, sound, tables, entries }: Inspection): string[] {
  if (last === null && flaws.length === 0) return ["The audit log is empty."];
  const read = `Read ${count(entries, "entry", "entries")}${last === null ? "" : `, the newest of ${last.createdAt.toISOString()}`}.`;
  if (flaws.length > 0)
    return [
      read,
      `The audit log does not hold: ${count(flaws.length, "place does", "places do")} not fit.`,
      ...flaws.slice(0, SHOWN).map((flaw) => `  - ${described(flaw)}`),
      ...(flaws.length > SHOWN ? [`  - and ${flaws.length - SHOWN} more, or many more`] : []),
      ...tables,
      sound === null
        ? "No entry before these is signed, so none of them is sure."
        : `Up to entry ${sound.id} of ${sound.createdAt.toISOString()} all is as it was signed.`,
    ];
  return [read, ...signedUpTo(newestHead, last)];
}

/** The worker signs once an hour; what is older than this and not signed should be. */
const UNSIGNED_MS = 2 * 3_600_000;

function signedUpTo(head: Inspection["newestHead"], last: Inspection["last"]): string[] {
  if (head === null)
    return ["The audit log holds together. Nothing is signed yet: the worker signs within an hour of its start."];
  const upTo = `The audit log holds: up to entry ${head.entryId} of ${head.entryAt.toISOString()}, which is signed (head ${head.number}), no entry was altered or removed.`;
  if (last === null || last.id <= head.entryId) return [upTo];
  const late = Date.now() - last.createdAt.getTime() > UNSIGNED_MS;
  return [
    upTo,
    late
      ? "What was written since then should be signed by now: see whether the node watcher runs, and its log (logs/watcher.log) for audit-log-not-signed."
      : "What was written since then fits, and is not signed yet: that is done once an hour.",
  ];
}

function described({ what, entry }: Flaw): string {
  const named = `entry ${entry.id} of ${entry.createdAt.toISOString()}`;
  if (what === "entry") return `${named}: it, or one before it, is not what was written, or is gone.`;
  if (what === "table") return "the tables, so that nothing that they show is sure (below).";
  if (what === "memory")
    return `${named}: it is remembered as the newest that was signed, and is not in this database as it was.`;
  return `${named}: the head that was signed at it is missing, was altered, or was signed with other keys.`;
}

function dropped({ beginning }: Inspection): string[] {
  if (beginning === null) return [];
  const { entry, droppedAt } = beginning;
  return [
    `The log begins behind entry ${entry.id} of ${entry.createdAt.toISOString()}: what was older was dropped on ${droppedAt.toISOString()}, as HOMEPORT_AUDIT_DAYS asked for.`,
  ];
}

const notRemembered = (file: string): string =>
  `Nothing is remembered outside of the database (${file} is missing, or cannot be read): that entries were cut off together with their heads would not be noticed.`;

const olderCopy = (file: string): string =>
  `That the newest signed entry is not there means that somebody changed or took back entries, or that an older copy of the database, or another one, stands there now. Only if you did the latter yourself, delete ${file}: what stands in the database counts from then on.`;

/** Not one head fits: that is hardly somebody’s work. */
const isOfOtherKeys = ({ flaws, newestHead }: Inspection): boolean =>
  newestHead !== null && flaws.filter(({ what }) => what === "signature").length >= Math.min(newestHead.number, 1_000);

const otherKeys = (file: string): string =>
  `No head at all fits the keys in ${file}. If they belong to another database, name the right file with HOMEPORT_KEY_FILE.`;

/** A file that is damaged keeps the entries from nothing. */
function recall(file: string): RememberedHead | null {
  try {
    return headFile(file).read()?.head ?? null;
  } catch {
    return null;
  }
}

const count = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;
