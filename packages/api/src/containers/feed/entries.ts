// The rows of a project with what their nodes said, of which only those that a batch of events is about are read anew.
import type { Db, Prisma } from "@homeport/db/client";
import { figuresKey, stampOf } from "@homeport/domain/container/list-changes";
import { idsOf, type WakeEvent } from "../../wake";
import { readGuests } from "@homeport/records/guests";
import { readContainers, type ReadContainer } from "../read-rows";
import { toContainerView, type ContainerView } from "../view";

export interface Entry extends ReadContainer {
  view: ContainerView;
  /** `stampOf` and `figuresKey` of the view. */
  stamp: number;
  figures: string;
}
export type Entries = ReadonlyMap<string, Entry>;

interface Of {
  db: Db;
  clock: () => Date;
  /** Of the project's containers, as access/owned has it. */
  mine: Prisma.ContainerWhereInput;
}

/** By id. The same map when the events are about nothing in it; `known` is undefined before the first read. */
export async function readEntries(of: Of, known: Entries | undefined, batch: readonly WakeEvent[]): Promise<Entries> {
  const nodes = new Set(idsOf(batch, "node"));
  const all =
    known === undefined ||
    batch.some(({ topic }) => topic === "again") ||
    [...known.values()].some(({ row }) => nodes.has(row.nodeId));
  if (all) return withRows(of, new Map(), await readLive(of));
  const [containers, runs] = [idsOf(batch, "container"), idsOf(batch, "run")];
  const guests = new Set(idsOf(batch, "guests"));
  let entries = known;
  if (containers.length > 0 || runs.length > 0) {
    const read = await readLive(of, { containers, runs });
    const gone = containers.filter((id) => known.has(id) && !read.some(({ row }) => row.id === id));
    if (gone.length > 0 || read.length > 0)
      entries = withRows(of, new Map([...known].filter(([id]) => !gone.includes(id))), read);
  }
  const seen = [...entries.values()].filter(({ row }) => guests.has(row.nodeId));
  return seen.length === 0 ? entries : withGuests(of, entries, seen);
}

/** Of a deleted one there is no row. */
function readLive(
  { db, mine }: Of,
  some?: { containers: readonly string[]; runs: readonly string[] },
): Promise<ReadContainer[]> {
  return readContainers(db, {
    AND: [mine],
    lifecycle: { not: "deleted" },
    ...(some && {
      OR: [{ id: { in: [...some.containers] } }, { runs: { some: { id: { in: [...some.runs] } } } }],
    }),
  });
}

function withRows({ clock }: Of, known: Entries, read: readonly ReadContainer[]): Entries {
  const entries = new Map(known);
  const now = clock();
  for (const container of read) entries.set(container.row.id, entryOf({ ...container, now }));
  return entries;
}

async function withGuests({ db, clock }: Of, known: Entries, seen: readonly Entry[]): Promise<Entries> {
  const guests = await readGuests(
    db,
    seen.map(({ row }) => row),
  );
  const entries = new Map(known);
  for (const { row, template } of seen)
    entries.set(row.id, entryOf({ row, template, guest: guests.get(row.id), now: clock() }));
  return entries;
}

function entryOf({ now, ...of }: ReadContainer & { now: Date }): Entry {
  const view = toContainerView(of.row, { ...of, now });
  return { ...of, view, stamp: stampOf(view), figures: figuresKey(view.usage) };
}
