// Keys and database belong together: found out at the start, not at each use.
import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createVault, SealingKeysError } from "./sealing";
import { checkKeys, hasSealed } from "./sealing-check";
import { testDatabase, type TestDatabase } from "./testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const [k1, k2] = [randomBytes(32), randomBytes(32)];
const check = (keys: Record<string, Buffer>) =>
  checkKeys(database.db, { current: Object.keys(keys)[0] ?? "", keys }, "/home/keys/sealing.json");

async function addNode(keys: { current: string; keys: Record<string, Buffer> }, damaged = false): Promise<void> {
  const id = randomUUID();
  const { id: userId } = await database.db.user.create({
    data: { email: `${id}@example.com`, name: "Ada", passwordHash: "x" },
  });
  const tokenSecret = createVault(keys).seal(
    { table: "ProxmoxNode", row: damaged ? "another" : id, column: "tokenSecret" },
    "secret",
  );
  await database.db.proxmoxNode.create({ data: { id, userId, name: id, host: "h", tokenId: "t", tokenSecret } });
}

test("any keys fit a database without secrets; with some, only those that open them, of every version", async () => {
  expect(await hasSealed(database.db)).toBe(false);
  await check({ k1 });

  await addNode({ current: "k1", keys: { k1 } });
  await addNode({ current: "k1", keys: { k1 } }, true); // one that somebody damaged
  expect(await hasSealed(database.db)).toBe(true);
  await check({ k1 });
  await expect(check({ k1: k2 })).rejects.toThrow(SealingKeysError);
  await expect(check({ k1: k2 })).rejects.toThrow(
    /\/home\/keys\/sealing\.json are not those .* Put that file back from the backup/,
  );

  await addNode({ current: "k2", keys: { k2 } });
  await check({ k2, k1 });
  await expect(check({ k1 })).rejects.toThrow(/sealing\.json lack key “k2”/);
});

test("a key that signed the audit log stays, also where no secret is sealed with it", async () => {
  const signed = await testDatabase();
  const moment = { entryAt: new Date(), signedAt: new Date() };
  const head = { ...moment, entryId: 1, entryHash: "h", previousSignature: "", signature: "s" };
  await signed.db.auditHead.createMany({
    data: ["k1", "k1", "k2"].map((key, at) => ({ ...head, number: at + 1, key })),
  });
  const file = "/home/keys/sealing.json";
  await checkKeys(signed.db, { current: "k2", keys: { k1, k2 } }, file);
  await expect(checkKeys(signed.db, { current: "k2", keys: { k2 } }, file)).rejects.toThrow(
    "lack key “k1”, with which the audit log was signed",
  );
  await signed.close();
});
