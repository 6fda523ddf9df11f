// One line about a run for the list of the Temporal UI.
import type { Db } from "@homeport/db/client";

const MOST_BYTES = 200;

/** Temporal keeps at most 200 bytes; markup of names is taken out, since the line is read as Markdown. */
export function describeRun(db: Db): (runId: string) => Promise<string | undefined> {
  return async (runId) => {
    const run = await db.run.findUnique({ where: { id: runId }, select: { kind: true, container: { select: { hostname: true, templateRevision: { select: { template: { select: { name: true } } } } } }, node: { select: { name: true } }, user: { select: { email: true } } } });
    if (run === null) return undefined;
    const { kind, container, node, user } = run;
    const from = kind === "provision" ? ` from ${container.templateRevision.template.name}` : "";
    const line = `${kind} ${container.hostname}${from} on ${node.name}, for ${user.email}`.replace(/[\\`*_[\]<>|\n]/g, " ");
    return Buffer.from(line).subarray(0, MOST_BYTES).toString("utf8").replace(/\uFFFD+$/, "");
  };
}
