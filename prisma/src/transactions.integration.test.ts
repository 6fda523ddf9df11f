// A transaction is whole or not at all, however long a busy machine or a lock makes it take.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import pg from "pg";
import { testDatabase, type TestDatabase } from "./testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => database.close());

test("a nested write that waits for a lock for minutes is kept whole", async () => {
  const { db, url } = database;
  const { id: userId } = await db.user.create({
    data: { email: `${randomUUID()}@example.com`, name: "Ada", passwordHash: "x" },
  });
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query(`BEGIN; LOCK TABLE "Project" IN SHARE MODE`);
  // Prisma's timer; sockets have timers of their own, which go on.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

  const made = db.$transaction(async (transaction) => {
    const { id: organizationId } = await transaction.organization.create({
      data: { name: "o", slug: userId, members: { create: { userId, role: "OWNER" } } },
      select: { id: true },
    });
    return transaction.project.create({
      data: { organizationId, name: "p", slug: userId, members: { create: { userId, role: "ADMIN" } } },
      select: { id: true },
    });
  });
  await blocked(other);
  await vi.advanceTimersByTimeAsync(180_000);
  await other.query("COMMIT");
  await other.end();

  const { id } = await made;
  expect(await db.projectMember.findMany({ where: { userId } })).toMatchObject([{ projectId: id }]);
});

/** Until somebody waits for a lock of that connection. */
async function blocked(holder: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await holder.query<{ waiting: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS waiting`,
    );
    if (rows[0]?.waiting === true) return;
  }
}
