// For whoever supervises the dashboard: 200 while it can answer pages, 503 while its database is away.
import { deps } from "@/lib/server";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const database = await deps().db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
  const body = database ? { ok: true, database } : { ok: false, database, reason: "The database does not answer." };
  return Response.json(body, { status: database ? 200 : 503, headers: { "cache-control": "no-store" } });
}
