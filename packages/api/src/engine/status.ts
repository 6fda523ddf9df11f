// Whether each part that a run needs answers, and whether work moves: a light that is green while nothing happens is none.
import { memberContext, type Context } from "../context";
import type { Health } from "../engine-port";
import { judgePulse, type Pulse } from "@homeport/domain/run/engine-pulse";
import { engineUrlFor } from "./may-read";

export interface EngineStatus {
  dashboard: Health;
  database: Health;
  temporal: Health & { uiUrl: string | null };
  worker: Health;
}

const away = (reason: string): Health => ({ ok: false, reason });

export async function engineStatus(ctx: Context): Promise<EngineStatus> {
  const { db, engine, log } = ctx;
  const database = db.$queryRaw`SELECT 1`.then(
    (): Health => ({ ok: true, reason: null }),
    () => away("The database does not answer."),
  );
  const rest = engine.status().catch((error: unknown) => {
    log({ id: "status", path: "engine.status", error });
    return { temporal: away("Temporal does not answer."), worker: away("Unknown while Temporal does not answer.") };
  });
  const { temporal, worker: polls } = await rest;
  // Who does not even poll is away; of who does, the rows show whether it moves.
  const worker = polls.ok ? await readPulse(db).then(judgePulse, () => polls) : polls;
  const member = memberContext(ctx);
  const uiUrl = member === null ? null : await engineUrlFor(member).catch(() => null);
  return { dashboard: { ok: true, reason: null }, database: await database, temporal: { ...temporal, uiUrl }, worker };
}

/** Ages by the database's clock alone. */
async function readPulse(db: Context["db"]): Promise<Pulse> {
  const [beats, [queued]] = await Promise.all([
    db.$queryRaw<
      Pulse["beats"][number][]
    >`SELECT "part", (EXTRACT(EPOCH FROM now() - "at") * 1000)::float8 AS "ageMs", "lagMs" FROM "WorkerBeat"`,
    db.$queryRaw<
      { ms: number | null }[]
    >`SELECT (EXTRACT(EPOCH FROM now() - min("createdAt")) * 1000)::float8 AS "ms" FROM "Run" WHERE "state" = 'queued'`,
  ]);
  return { beats, oldestQueuedMs: queued?.ms ?? null };
}
