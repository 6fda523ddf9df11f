// For whoever supervises the dashboard: 200 while it can answer pages, 503 while its database is away.
import { deps } from "@/lib/server";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const database = await deps().db.$queryRaw`SELECT 1`.then(() => true, () => false);
  return Response.json({ ok: database, database }, { status: database ? 200 : 503, headers: { "cache-control": "no-store" } });
}
