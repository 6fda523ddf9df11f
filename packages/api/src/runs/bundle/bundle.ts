// A run to take along: everything that is known of it in one archive, without what must not leave the house.
// A ZIP, since its entries need no size beforehand (logs are streamed from the database) and every desktop opens one.
import { Zip, ZipDeflate, strToU8 } from "fflate";
import type { MemberContext } from "../../context";
import { readAttemptLog } from "./bundle-logs";
import { readBundle, type Bundle } from "./bundle-record";
import { requireId } from "../../access/not-found";
import type { Redaction } from "./bundle-redaction";

/** Rejects before the first piece: `not_found`, `forbidden`, `too_many_requests`. Writes one audit line. */
export async function openRunBundle(
  ctx: MemberContext,
  runId: string,
): Promise<{ fileName: string; pieces: AsyncGenerator<Uint8Array, void, void> }> {
  requireId(runId, "run");
  const { bundle, membership } = await readBundle(ctx, runId);
  await ctx.auth.limitBundles(ctx.userId);
  await ctx.audit(ctx.db, {
    action: "run.export",
    target: { type: "run", id: runId, name: bundle.hostname },
    organizationId: membership.organizationId,
    projectId: membership.projectId,
    details: { kind: bundle.kind },
  });
  return { fileName: `homeport-run-${runId}.zip`, pieces: zip(ctx, bundle) };
}

async function* zip(
  ctx: MemberContext,
  { runId, record, template, attempts, redaction }: Bundle,
): AsyncGenerator<Uint8Array, void, void> {
  const made: Uint8Array[] = [];
  const archive = new Zip((error, piece) => {
    if (error) throw error;
    made.push(piece);
  });
  const write = (name: string, value: unknown): void => {
    const entry = new ZipDeflate(name, { level: 6 });
    archive.add(entry);
    entry.push(strToU8(typeof value === "string" ? value : `${JSON.stringify(value, undefined, 2)}\n`), true);
  };
  write("README.txt", README);
  write("run.json", redaction.json(record));
  write("template.json", redaction.json(template));
  for (const attempt of attempts) {
    const entry = new ZipDeflate(attempt.file, { level: 6 });
    archive.add(entry);
    for await (const text of redacted(readAttemptLog(ctx.db, { runId, ...attempt }), redaction)) {
      entry.push(strToU8(text));
      yield* made.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* made.splice(0);
  }
  archive.end();
  yield* made.splice(0);
}

async function* redacted(pieces: AsyncIterable<string>, redaction: Redaction): AsyncGenerator<string, void, void> {
  const stream = redaction.stream();
  for await (const piece of pieces) yield stream.push(piece);
  yield stream.end();
}

const README = `A run of Homeport, to look into or to attach to a report.

run.json        what was asked, the steps, every attempt with what was edited for it, the decisions
template.json   the revision of the template that it followed, with its scripts and files
logs/           one file for each attempt of each step

Taken out: the address of the node, mail addresses, SSH keys, tokens, passwords and credentials that
Homeport knows. What a script printed of its own accord is in its log: look through it before you share it.
`;
