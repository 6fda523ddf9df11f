// Asks for a comparison now, instead of within a minute.
import { AppError } from "@homeport/domain/error";
import type { MemberContext } from "../context";

export async function requestScan({ engine, audit, log, db }: MemberContext): Promise<{ asked: true }> {
  try {
    await engine.reconcile();
  } catch (error) {
    log({ id: "reconcile", path: "orphans.scan", error });
    throw new AppError(
      "orphan.engine_away",
      "The engine that compares does not answer. It checks by itself once it is back.",
      { cause: error },
    );
  }
  await audit(db, { action: "orphan.look" });
  return { asked: true };
}
