// A step's output in pieces, each keyed by the byte at which it begins: whole, in order, nothing twice.
import type { Db, DbOrTransaction, Prisma } from "@homeport/db/client";
import { Superseded } from "../failures";
import type { LogStream } from "../ports";

interface Place {
  runId: string;
  stepId: string;
  attempt: number;
}

/** Pieces stay well below the column's limit (run_log_text_length). */
const MOST_BYTES = 65_536;

/**
 * Writes `bytes` at the end of the stream, which must be `at`: whoever believes in another end, or is not the step's writer, has been
 * overtaken. What is remembered of it is written in the same transaction: both or neither. A `line` goes to the end, unless the stream
 * ends with that very line. Answers the new end.
 */
export async function appendPiece(
  db: Db,
  place: Place,
  piece: { stream: LogStream } & (
    | { at: number; bytes: Buffer; memory: Prisma.InputJsonObject; writer: string }
    | { line: string }
  ),
): Promise<number> {
  return db.$transaction(async (transaction) => {
    const [row] = await transaction.$queryRaw<
      { writer: string | null }[]
    >`SELECT "writer" FROM "RunStep" WHERE "id" = ${place.stepId}::uuid FOR NO KEY UPDATE`;
    const end = await streamEnd(transaction, place, piece.stream);
    if ("line" in piece) {
      const last = await transaction.runLog.findFirst({
        where: { ...place, stream: piece.stream },
        orderBy: { byteOffset: "desc" },
        select: { text: true },
      });
      return last?.text === piece.line
        ? end
        : write(transaction, place, { stream: piece.stream, from: end, bytes: Buffer.from(piece.line) });
    }
    const { at, bytes, memory, stream, writer } = piece;
    if (row?.writer !== writer || at !== end)
      throw new Superseded(`stream ${stream} of step ${place.stepId} ends at ${end}, not at ${at}`);
    await transaction.$executeRaw`UPDATE "RunStep" SET "journal" = "journal" || ${JSON.stringify(memory)}::jsonb WHERE "id" = ${place.stepId}::uuid`;
    return write(transaction, place, { stream, from: end, bytes });
  });
}

async function write(
  transaction: DbOrTransaction,
  place: Place,
  { stream, from, bytes }: { stream: LogStream; from: number; bytes: Buffer },
): Promise<number> {
  for (let at = 0; at < bytes.length;) {
    let size = Math.min(MOST_BYTES, bytes.length - at);
    // A piece ends between characters: continuation bytes are 10xxxxxx.
    while (at + size < bytes.length && size > 1 && ((bytes[at + size] ?? 0) & 0xc0) === 0x80) size -= 1;
    await transaction.runLog.create({
      data: { ...place, stream, byteOffset: BigInt(from + at), text: bytes.subarray(at, at + size).toString("utf8") },
      select: { id: true },
    });
    at += size;
  }
  return from + bytes.length;
}

/** Where the stream ends, in bytes: the last piece's begin and length. */
export async function streamEnd(db: DbOrTransaction, { stepId, attempt }: Place, stream: LogStream): Promise<number> {
  const [row] = await db.$queryRaw<{ end: bigint }[]>`
    SELECT "byteOffset" + octet_length("text") AS "end" FROM "RunLog"
    WHERE "stepId" = ${stepId}::uuid AND "attempt" = ${attempt} AND "stream" = ${stream} ORDER BY "byteOffset" DESC LIMIT 1`;
  return Number(row?.end ?? 0n);
}
