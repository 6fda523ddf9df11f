// The machine's own way back in: a link for an account whose password is forgotten.
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { addPerson } from "@homeport/testing/people";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuth } from "../../packages/auth/src/index";
import { homeAt } from "./paths";
import { makeResetLink, resetLinkText } from "./reset-link";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const publicUrl = "https://homeport.lan";

test("it sets a new password, its making is in the account's log, and nobody else gets one", async () => {
  const { userId } = await addPerson(database.db, "Ada");
  const { email } = await database.db.user.findUniqueOrThrow({ where: { id: userId } });
  const link = new URL(
    await makeResetLink({ databaseUrl: database.url, publicUrl, email: ` ${email.toUpperCase()} ` }),
  );
  expect([link.origin, link.pathname]).toEqual([publicUrl, "/reset-password"]);
  const auth = createAuth({ db: database.db, secureCookies: false });
  const input = { token: link.hash.slice(1), password: "another night in the lab" };
  expect((await auth.resetPassword(input, () => Promise.resolve())).id).toBe(userId);
  expect(await database.db.auditLog.findMany({ where: { targetId: userId } })).toMatchObject([
    { action: "account.ask_reset", userAgent: "Homeport launcher", actorId: null },
  ]);
  await expect(makeResetLink({ databaseUrl: database.url, publicUrl, email: "nobody@example.com" })).rejects.toThrow(
    "No account that is enabled has the address nobody@example.com",
  );
});

test("a person reads it on the terminal; a pipe, which may be a log, gets the name of a file of 0600", () => {
  const home = homeAt(mkdtempSync(path.join(tmpdir(), "homeport-reset-")));
  const what = { email: "ada@example.com", link: `${publicUrl}/reset-password#token` };
  expect(resetLinkText(home, { ...what, isTerminal: true })).toContain(what.link);
  const file = path.join(home.dir, "reset-link.json");
  expect(resetLinkText(home, { ...what, isTerminal: false })).not.toContain("#token");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(what);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
