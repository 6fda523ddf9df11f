// Whether each part that a run needs answers.
import type { Context } from "../context";
import type { Health } from "../engine-port";

export interface EngineStatus {
  dashboard: Health;
  database: Health;
  temporal: Health & { uiUrl: string | null };
  worker: Health;
}

const away = (reason: string): Health => ({ ok: false, reason });

export async function engineStatus({ db, engine, config, log }: Context): Promise<EngineStatus> {
  const database = db.$queryRaw`SELECT 1`.then((): Health => ({ ok: true, reason: null }), () => away("The database does not answer."));
  const rest = engine.status().catch((error: unknown) => {
    log({ id: "status", path: "engine.status", error });
    return { temporal: away("Temporal does not answer."), worker: away("Unknown while Temporal does not answer.") };
  });
  const { temporal, worker } = await rest;
  return { dashboard: { ok: true, reason: null }, database: await database, temporal: { ...temporal, uiUrl: config.temporalUiUrl ?? null }, worker };
}
