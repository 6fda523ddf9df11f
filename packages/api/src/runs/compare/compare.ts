// Two runs beside each other: what they were asked, what of their template differs, and how each step went.
import type { Db, Prisma } from "@homeport/db/client";
import { readStepDetail, type StepDetail } from "@homeport/domain/run/step-detail";
import type { StepEdit } from "@homeport/domain/run/step-edit";
import { StoredStepEdit } from "@homeport/domain/stored/step-edit";
import { StoredTemplate } from "@homeport/domain/stored/template";
import { isOfTemplate } from "@homeport/domain/run/run-kinds";
import { type ContainerOf, containerOf } from "@homeport/domain/run/run-subject";
import type { MemberContext } from "../../context";
import { compareInputs, compareParts, type ComparedInput, type ComparedPart } from "./compare-parts";
import { owned } from "../../access/owned";

const select = {
  id: true,
  kind: true,
  state: true,
  error: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  logsDroppedAt: true,
  input: true,
  user: { select: { name: true } },
  byLease: true,
  node: { select: { id: true, name: true } },
  container: {
    select: {
      id: true,
      hostname: true,
      vmid: true,
      templateRevision: { select: { revision: true, definition: true } },
    },
  },
  steps: {
    select: {
      name: true,
      title: true,
      state: true,
      attempt: true,
      tries: true,
      warnings: true,
      error: true,
      detail: true,
      startedAt: true,
      endedAt: true,
    },
    orderBy: { position: "asc" },
  },
} as const satisfies Prisma.RunSelect;

type Row = Prisma.RunGetPayload<{ select: typeof select }>;

export type ComparedStep = Omit<Row["steps"][number], "name" | "title" | "detail"> & {
  detail: StepDetail | null;
  edited: boolean;
};

export type ComparedRun = Omit<Row, "input" | "steps" | "container"> & {
  container: Omit<ContainerOf<Row>, "templateRevision">;
  template: { name: string; title: string; revision: number };
};

/** `a` is on the left. */
export interface Comparison {
  a: ComparedRun;
  b: ComparedRun;
  inputs: ComparedInput[];
  /** Scripts, files and packages as they were at the end of each run, edits included; the texts only where they differ. */
  parts: ComparedPart[];
  /** Aligned by their stable names, in the order of `a`, those that only `b` has where they stand in it. */
  steps: { name: string; title: string; a: ComparedStep | null; b: ComparedStep | null }[];
}

export async function compareRuns(ctx: MemberContext, asked: { a: string; b: string }): Promise<Comparison> {
  const [a, b] = [await readSide(ctx, asked.a), await readSide(ctx, asked.b)];
  const names = mergeNames(
    a.steps.map(({ name }) => name),
    b.steps.map(({ name }) => name),
  );
  return {
    a: a.run,
    b: b.run,
    inputs: compareInputs(a.input, b.input),
    parts: isOfTemplate(a.run.kind) || isOfTemplate(b.run.kind) ? compareParts(a, b) : [],
    steps: names.map((name) => {
      const [left, right] = [a.steps.find((step) => step.name === name), b.steps.find((step) => step.name === name)];
      return { name, title: left?.title ?? right?.title ?? name, a: left?.step ?? null, b: right?.step ?? null };
    }),
  };
}

async function readSide(ctx: MemberContext, id: string) {
  const { row: run } = await owned(ctx, { noun: "run", id, permission: "run:read" }, select);
  const { steps, input, ...rest } = run;
  const { templateRevision, ...container } = containerOf(run);
  const definition = StoredTemplate.parse(templateRevision.definition);
  const edits = await readEdits(ctx.db, id);
  return {
    run: {
      ...rest,
      container,
      template: { name: definition.name, title: definition.title, revision: templateRevision.revision },
    } satisfies ComparedRun,
    input,
    definition,
    edits,
    steps: steps.map(({ name, title, detail, ...step }) => ({
      name,
      title,
      step: { ...step, detail: readStepDetail(detail), edited: edits.has(name) },
    })),
  };
}

/** The newest edit of each step, by its name. */
async function readEdits(db: Db, runId: string): Promise<Map<string, StepEdit>> {
  const rows = await db.$queryRaw<{ name: string; edit: unknown }[]>`
    SELECT step."name", attempt."edit" FROM "RunAttempt" AS attempt JOIN "RunStep" AS step ON step."id" = attempt."stepId"
    WHERE attempt."runId" = ${runId}::uuid AND jsonb_typeof(attempt."edit") = 'object' ORDER BY attempt."attempt"`;
  return new Map(rows.map(({ name, edit }) => [name, StoredStepEdit.parse(edit)]));
}

/** Both orders kept: what only the second has comes after what stands before it there. */
function mergeNames(first: readonly string[], second: readonly string[]): string[] {
  const merged = [...first];
  second.forEach((name, index) => {
    if (merged.includes(name)) return;
    const before = second.slice(0, index).findLast((one) => merged.includes(one));
    merged.splice(before === undefined ? 0 : merged.indexOf(before) + 1, 0, name);
  });
  return merged;
}
