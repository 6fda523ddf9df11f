// A node that is not saved yet: how long its secrets are kept, and what a new test takes away of the last one.
import { Prisma } from "@homeport/db/client";
import type { ProxmoxNode } from "@homeport/db/types";

/** From the last change or test on; the housekeeping deletes what is older, its secrets with it. Not shorter than its rounds. */
const DRAFT_MS = 30 * 60_000;

export const draftEnd = (clock: () => Date): Date => new Date(clock().getTime() + DRAFT_MS);

/** For the row of a node whose test begins: a draft is saved by the report of its last test, never by an earlier one. */
export function beforeTest({ draftUntil }: { draftUntil: Date | null }, clock: () => Date) {
  return draftUntil === null ? {} : { draftUntil: draftEnd(clock), report: Prisma.DbNull };
}

/** What does not reach the node, and may be changed on it while a draft is open. */
const beside = ["name", "vmidFrom", "vmidTo", "createsAtOnce", "tasksAtOnce"] as const;
type Beside = Pick<ProxmoxNode, (typeof beside)[number]>;

/** Which of these `input` changes, with those that were changed before; a range counts as one. */
export function fieldsChanged(
  before: Beside & { draftFields: string[] },
  input: { [Field in keyof Beside]?: Beside[Field] | undefined },
): string[] {
  const changed = beside.filter(
    (field) => before.draftFields.includes(field) || (input[field] !== undefined && input[field] !== before[field]),
  );
  const range = changed.some((field) => field === "vmidFrom" || field === "vmidTo");
  return range ? [...new Set([...changed, "vmidFrom", "vmidTo"])] : changed;
}

/** What saving a draft changes of these: the others stay as the node has them by then. */
export function besideOf(draft: Beside & { draftFields: string[] }): Partial<Beside> {
  return Object.fromEntries(
    beside.filter((field) => draft.draftFields.includes(field)).map((field) => [field, draft[field]]),
  );
}
