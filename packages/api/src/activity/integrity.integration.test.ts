// What a person is told when somebody changed the audit log behind its triggers.
import { afterAll, beforeAll, expect, test } from "vitest";
import { person, startApi, type TestApi, type TestPerson } from "../testing/fixture";

let api: TestApi;
let ada: TestPerson;
let bob: TestPerson;
beforeAll(async () => {
  api = await startApi();
  [ada, bob] = [await person(api, "Ada"), await person(api, "Bob")];
});
afterAll(() => api.close());

/** As the worker stores what it found: temporal/src/activities/records/housekeeping/audit-check.integration.test.ts shows that it does. */
async function found(broken: { id: bigint; createdAt: Date; what?: string } | null): Promise<void> {
  const now = new Date();
  const data = {
    wholeAt: now,
    checkedAt: now,
    verifiedAt: now,
    brokenId: broken?.id ?? null,
    brokenAt: broken?.createdAt ?? null,
    brokenWhat: broken === null ? null : (broken.what ?? "entry"),
    broken: broken === null ? 0 : 1,
  };
  await api.db.auditCheck.upsert({ where: { only: true }, create: data, update: data });
}
const asked = async ({ caller }: TestPerson) => (await caller()).activity.integrity();

test("an altered entry is named to whom it belongs, told without its name to others; a cut-off end and a signature that is wrong to everybody", async () => {
  expect(await Promise.all([asked(ada), asked(bob), asked(ada)])).toEqual([null, null, null]);
  await found(null);
  expect(await asked(ada)).toMatchObject({
    verifiedAt: anyDate,
    checkedAt: anyDate,
    broken: null,
    signedAt: null,
    droppedUpTo: null,
  });

  const line = await api.db.auditLog.findFirstOrThrow({ where: { actorId: ada.id } });
  await found(line);
  expect((await asked(ada))?.broken).toEqual({ kind: "entry", id: String(line.id), createdAt: line.createdAt });
  expect((await asked(bob))?.broken).toEqual({ kind: "elsewhere" });

  for (const what of ["signature", "memory", "table"]) {
    await found({ ...line, what });
    for (const one of [ada, bob])
      expect((await asked(one))?.broken).toEqual({ kind: what, id: String(line.id), createdAt: line.createdAt });
  }
  await found(line);

  await api.db.$transaction([
    api.db.$executeRaw`SET LOCAL session_replication_role = replica`,
    api.db.$executeRaw`DELETE FROM "AuditLog"`,
  ]);
  for (const one of [ada, bob])
    expect((await asked(one))?.broken).toEqual({ kind: "removed", id: String(line.id), createdAt: line.createdAt });
});

const anyDate = expect.any(Date) as unknown;
