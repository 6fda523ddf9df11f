// A run as a file to take along, without addresses of the node, mail addresses and secrets.
import { createContext, memberContext, openRunBundle } from "@homeport/api";
import { AppError, type AppErrorCode } from "@homeport/domain/error";
import { z } from "zod";
import { deps, PEER_HEADER } from "@/lib/server";

export const dynamic = "force-dynamic";

const statuses: Partial<Record<AppErrorCode, number>> = { not_found: 404, forbidden: 403, too_many_requests: 429 };

export async function GET(req: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const member = memberContext(await createContext({ req, peer: req.headers.get(PEER_HEADER) ?? undefined, deps: deps() }));
  if (member === null) return refuse(401, "Sign in to take this run along.");
  if (!z.uuid().safeParse(id).success) return refuse(404, "There is no such run, or it is not yours.");
  try {
    const { fileName, pieces } = await openRunBundle(member, id);
    return new Response(toStream(pieces), { headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${fileName}"`, "cache-control": "private, no-store" } });
  } catch (error) {
    const status = error instanceof AppError ? statuses[error.code] : undefined;
    if (!(error instanceof AppError) || status === undefined) throw error;
    return refuse(status, error.message, error.details.retryAfterS);
  }
}

function refuse(status: number, message: string, retryAfterS?: number): Response {
  return new Response(`${message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...(retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) }) } });
}

/** Pulled by the reader: a large log is never in memory whole. */
function toStream(pieces: AsyncGenerator<Uint8Array, void, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}
