// Nodes that nobody saved: on a real PostgreSQL.
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { addPerson } from "@homeport/testing/people";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { dropDrafts } from "./drafts";

let database: TestDatabase;
let userId: string;
beforeAll(async () => {
  database = await testDatabase();
  ({ userId } = await addPerson(database.db, "Ada"));
});
beforeEach(() => database.db.proxmoxNode.deleteMany({}));
afterAll(() => database.close());

const now = new Date("2026-06-01T12:00:00Z");
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

async function makeNode(more: { draftUntil: Date | null; replacesId?: string }): Promise<string> {
  const data = { userId, name: "pve", host: "192.0.2.1", tokenId: "t", tokenSecret: "s", ...more };
  return (await database.db.proxmoxNode.create({ data })).id;
}

const left = async (): Promise<string[]> =>
  (await database.db.proxmoxNode.findMany({ select: { id: true } })).map(({ id }) => id).sort();

test("what nobody saved in its time is deleted with its secrets; saved nodes and younger drafts stay", async () => {
  const { db } = database;
  const saved = await makeNode({ draftUntil: null });
  const younger = await makeNode({ draftUntil: minutes(1) });
  await makeNode({ draftUntil: minutes(-1) });
  await makeNode({ draftUntil: minutes(-1), replacesId: saved });

  expect(await dropDrafts(db, { now })).toEqual({ dropped: 2, nextInMs: 60_000 });
  expect(await left()).toEqual([saved, younger].sort());
  expect(await dropDrafts(db, { now })).toEqual({ dropped: 0, nextInMs: 60_000 });
  expect(await dropDrafts(db, { now: minutes(2) })).toEqual({ dropped: 1, nextInMs: null });
  expect(await left()).toEqual([saved]);
});

test("more than a page holds, by two workers at once, one of which is killed: each goes once", async () => {
  const { db } = database;
  for (let index = 0; index < 5; index += 1) await makeNode({ draftUntil: minutes(-index - 1) });
  let pages = 0;
  const mayGoOn = (): void => {
    pages += 1;
    if (pages === 2) throw new Error("killed");
  };
  await expect(dropDrafts(db, { now, page: 2, mayGoOn })).rejects.toThrow("killed");
  expect(await left()).toHaveLength(3);

  const both = await Promise.all([dropDrafts(db, { now, page: 2 }), dropDrafts(db, { now, page: 2 })]);

  expect(both.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(3);
  expect(await left()).toEqual([]);
});
