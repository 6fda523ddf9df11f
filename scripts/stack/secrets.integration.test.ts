// Keys are made for a database without secrets, and never instead of those that were lost.
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readVault, SealingKeysError } from "../../prisma/src/sealing";
import { testDatabase, type TestDatabase } from "../../prisma/src/testing";
import { homeAt, type Home } from "./paths";
import { checkSealingKeys } from "./secrets";

let database: TestDatabase;
let home: Home;
beforeAll(async () => {
  database = await testDatabase();
  home = homeAt(mkdtempSync(path.join(tmpdir(), "homeport-test-keys-")));
});
afterAll(async () => {
  await database.close();
  rmSync(home.dir, { recursive: true });
});

test("somebody's own PostgreSQL: keys are made at the first start, and demanded once they sealed something", async () => {
  const check = () => checkSealingKeys(home, database.url);
  await check();
  expect(statSync(home.sealingKeys).mode & 0o777).toBe(0o600);
  await check();

  const id = randomUUID();
  const tokenSecret = readVault(home.sealingKeys).seal(
    { table: "ProxmoxNode", row: id, column: "tokenSecret" },
    "secret",
  );
  const { id: userId } = await database.db.user.create({
    data: { email: "ada@example.com", name: "Ada", passwordHash: "x" },
  });
  await database.db.proxmoxNode.create({ data: { id, userId, name: "pve", host: "h", tokenId: "t", tokenSecret } });
  await check();

  const backup = `${home.sealingKeys}.backup`;
  renameSync(home.sealingKeys, backup);
  await expect(check()).rejects.toThrow(`The file of the sealing keys, ${home.sealingKeys}, is not there.`);
  expect(existsSync(home.sealingKeys)).toBe(false);

  const other = homeAt(path.join(home.dir, "other"));
  const empty = await testDatabase();
  await checkSealingKeys(other, empty.url);
  await empty.close();
  renameSync(other.sealingKeys, home.sealingKeys);
  await expect(check()).rejects.toThrow(SealingKeysError);

  renameSync(backup, home.sealingKeys);
  await check();
});

test("a database that holds no secret, but signatures over its audit log: its keys are not made anew", async () => {
  const signed = await testDatabase();
  const moment = { entryAt: new Date(), signedAt: new Date() };
  const head = { ...moment, number: 1, entryId: 1, entryHash: "h", previousSignature: "", key: "k1", signature: "s" };
  await signed.db.auditHead.create({ data: head });
  await expect(checkSealingKeys(homeAt(path.join(home.dir, "signed")), signed.url)).rejects.toThrow(SealingKeysError);
  await signed.close();
});
