// A run as a file to take along, without addresses of the node, mail addresses and secrets.
import { createContext, openRunBundle, plainRefusal, recordRefusedAttempt, requireMember } from "@homeport/api";
import { deps, PEER_HEADER } from "@/lib/server";

export const dynamic = "force-dynamic";

export async function GET(req: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const ctx = createContext({ req, peer: req.headers.get(PEER_HEADER) ?? undefined, deps: deps() });
  try {
    const member = requireMember(await ctx, "Sign in to take this run along.");
    const { fileName, pieces } = await openRunBundle(member, id);
    return new Response(toStream(pieces), {
      headers: {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename="${fileName}"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    await ctx.then(
      (known) => recordRefusedAttempt(known, { path: "runs.export", input: () => ({ id }), cause: error }),
      () => undefined,
    );
    return plainRefusal(error, { path: "/api/runs/[id]/bundle", deps: deps() });
  }
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
