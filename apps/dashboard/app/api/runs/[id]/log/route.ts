// A run's log as a file: all steps, or the one that `?step=` names.
import { createContext, memberContext, readRunLog } from "@homeport/api";
import { AppError } from "@homeport/domain/error";
import { deps, PEER_HEADER } from "@/lib/server";

export const dynamic = "force-dynamic";

export async function GET(req: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id: runId } = await params;
  const step = new URL(req.url).searchParams.get("step") ?? undefined;
  const member = memberContext(await createContext({ req, peer: req.headers.get(PEER_HEADER) ?? undefined, deps: deps() }));
  if (member === null) return refuse(401, "Sign in to read this log.");
  const pieces = readRunLog(member, { runId, step });
  try {
    const first = await pieces.next();
    return new Response(toStream(first, pieces), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `attachment; filename="${fileName(runId, step)}"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return refuse(404, error.message);
    if (error instanceof AppError && error.code === "forbidden") return refuse(403, error.message);
    throw error;
  }
}

function refuse(status: number, message: string): Response {
  return new Response(`${message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}

/** Pulled by the reader, so that a large log is never in memory whole. */
function toStream(first: IteratorResult<string, void>, rest: AsyncGenerator<string, void, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | undefined = first;
  return new ReadableStream({
    async pull(controller) {
      const result: IteratorResult<string, void> = next ?? (await rest.next());
      next = undefined;
      if (result.done === true) controller.close();
      else controller.enqueue(encoder.encode(result.value));
    },
    async cancel() {
      await rest.return();
    },
  });
}

/** Nothing but what every file system takes. */
function fileName(runId: string, step: string | undefined): string {
  return `${["run", runId, step].filter(Boolean).join("-").replaceAll(/[^a-zA-Z0-9-]/g, "_")}.log`;
}
