// What a creation was made with, so that another can begin from it: "run again with changes".
import type { ContainerSpec as Spec } from "@homeport/domain/container/container-input";
import { AppError } from "@homeport/domain/error";
import { containerOf } from "@homeport/domain/run/run-subject";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";
import { owned } from "../access/owned";

export interface RunInput {
  projectId: string;
  /** With what was edited on the way; the hostname and a typed VMID are those of the run itself. */
  input: Spec;
  templateName: string;
  /** The newest revision of the template; null when the template is no longer offered. */
  currentRevisionId: string | null;
}

const select = {
  kind: true,
  input: true,
  container: {
    select: {
      spec: true,
      templateRevision: {
        select: {
          template: {
            select: {
              name: true,
              retiredAt: true,
              revisions: { orderBy: { revision: "desc" }, take: 1, select: { id: true } },
            },
          },
        },
      },
    },
  },
} as const;

/** Throws `conflict` for what is not a creation. No secret is in the answer: a spec holds none. */
export async function readRunInput(ctx: MemberContext, id: string): Promise<RunInput> {
  const { row: run, membership } = await owned(ctx, { noun: "run", id, permission: "run:read" }, select);
  const { spec, templateRevision } = containerOf(run);
  // The container's description takes up what a person edited before a retry; the run's input stays as it was asked.
  const input = runKinds[run.kind].repeatable
    ? (ContainerSpec.safeParse(spec).data ?? ContainerSpec.safeParse(run.input).data)
    : undefined;
  if (input === undefined)
    throw new AppError("run.not_repeatable", "Only the creation of a container can be run again.");
  const { name, retiredAt, revisions } = templateRevision.template;
  return {
    projectId: membership.projectId,
    input,
    templateName: name,
    currentRevisionId: retiredAt === null ? (revisions[0]?.id ?? null) : null,
  };
}
