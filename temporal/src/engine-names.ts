// How Temporal's lists call our work: the workflow's id, and one line for people. Read from the rows, since a row keeps its id.
import type { Db } from "@homeport/db/client";
import { containerOf } from "@homeport/domain/run/run-subject";
import { isOfTemplate } from "@homeport/domain/run/run-kinds";

export interface EngineNames {
  /** Of the run's workflow; undefined: there is no such row. Reads nothing else: every decision asks for it. */
  id(runId: string): Promise<string | undefined>;
  /** Undefined: there is no such row. */
  run(runId: string): Promise<{ workflowId: string; summary: string } | undefined>;
  node(nodeId: string): Promise<string | undefined>;
}

const MOST_BYTES = 200;

/** Temporal keeps at most 200 bytes of a summary; markup of names is taken out, since the line is read as Markdown. */
export function engineNames(db: Db): EngineNames {
  return {
    async id(runId) {
      const run = await db.run.findUnique({ where: { id: runId }, select: { workflowId: true } });
      return run === null ? undefined : (run.workflowId ?? runId);
    },
    async run(runId) {
      const run = await db.run.findUnique({
        where: { id: runId },
        select: {
          kind: true,
          workflowId: true,
          container: {
            select: { hostname: true, templateRevision: { select: { template: { select: { name: true } } } } },
          },
          node: { select: { name: true } },
          user: { select: { email: true } },
        },
      });
      if (run === null) return undefined;
      const { kind, node, user } = run;
      const container = containerOf(run);
      const from = isOfTemplate(kind) ? ` from ${container.templateRevision.template.name}` : "";
      const line = `${kind} ${container.hostname}${from} on ${node.name}, for ${user.email}`.replace(
        /[\\`*_[\]<>|\n]/g,
        " ",
      );
      return {
        workflowId: run.workflowId ?? runId,
        summary: Buffer.from(line)
          .subarray(0, MOST_BYTES)
          .toString("utf8")
          .replace(/\uFFFD+$/, ""),
      };
    },
    async node(nodeId) {
      return (await db.proxmoxNode.findUnique({ where: { id: nodeId }, select: { name: true } }))?.name;
    },
  };
}
