// What a person is told when somebody changed the audit log behind its triggers.
import { checkAuditLog } from "@homeport/temporal/audit-check";
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

const tamper = (statement: string): Promise<unknown> => api.db.$transaction([api.db.$executeRaw`SET LOCAL session_replication_role = replica`, api.db.$executeRawUnsafe(statement)]);
const DAY_MS = 86_400_000;
let days = 0;
const check = (): Promise<void> => checkAuditLog({ db: api.db, now: new Date(Date.now() + (days += 1) * DAY_MS), log: () => undefined });
const asked = async ({ caller }: TestPerson) => (await caller()).activity.integrity();

test("an altered entry is named to whom it belongs, told without its name to others, and a cut-off end to everybody", async () => {
  expect(await asked(ada)).toBeNull();
  await check();
  const newest = await api.db.auditLog.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(await asked(ada)).toMatchObject({ verifiedAt: newest.createdAt, broken: null });

  const line = await api.db.auditLog.findFirstOrThrow({ where: { actorId: ada.id } });
  await tamper(`UPDATE "AuditLog" SET "ip" = '203.0.113.9' WHERE "id" = ${line.id}`);
  await check();
  expect((await asked(ada))?.broken).toEqual({ kind: "entry", id: String(line.id), createdAt: line.createdAt });
  expect((await asked(bob))?.broken).toEqual({ kind: "elsewhere" });

  await tamper(`DELETE FROM "AuditLog"`);
  await check();
  for (const one of [ada, bob]) expect((await asked(one))?.broken).toEqual({ kind: "removed", id: String(newest.id), createdAt: newest.createdAt });
});
