// A run's log as a file: all steps, or the one that `?step=` names.
import { createContext, plainRefusal, readRunLog, requireMember } from "@homeport/api";
import { deps, PEER_HEADER } from "@/lib/server";

export const dynamic = "force-dynamic";

export async function GET(req: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id: runId } = await params;
  const step = new URL(req.url).searchParams.get("step") ?? undefined;
  try {
    const member = requireMember(
      await createContext({ req, peer: req.headers.get(PEER_HEADER) ?? undefined, deps: deps() }),
      "Sign in to read this log.",
    );
    const pieces = readRunLog(member, { runId, step });
    const first = await pieces.next();
    return new Response(toStream(first, pieces), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `attachment; filename="${fileName(runId, step)}"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    return plainRefusal(error, { path: "/api/runs/[id]/log", deps: deps() });
  }
}

/** Pulled by the reader, so that a large log is never in memory whole. */
function toStream(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void, void>,
): ReadableStream<Uint8Array> {
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
  return `${["run", runId, step]
    .filter(Boolean)
    .join("-")
    .replaceAll(/[^a-zA-Z0-9-]/g, "_")}.log`;
}
