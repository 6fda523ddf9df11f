// `npm run audit:verify` as a person or a cron job runs it: what it prints, and what it exits with.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { testDatabase } from "@homeport/db/testing";
import { afterAll, expect, test } from "vitest";
import { ROOT } from "../stack/paths";
import { writeAtomically } from "../stack/processes";

const dir = mkdtempSync(path.join(tmpdir(), "homeport-verify-"));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function verify(env: NodeJS.ProcessEnv, ...args: string[]): Promise<{ code: unknown; printed: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["scripts/run.mjs", "audit-verify", ...args],
      { cwd: ROOT, env: { PATH: process.env.PATH, HOMEPORT_HOME: dir, ...env } },
      (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, printed: stdout + stderr });
      },
    );
  });
}

test("0: it holds; 1: it does not; 2, in a sentence: it could not be judged", async () => {
  const database = await testDatabase();
  writeAtomically(path.join(dir, "keys", "sealing.json"), {
    current: "k1",
    keys: { k1: Buffer.alloc(32).toString("base64") },
  });
  expect(await verify({})).toEqual({
    code: 2,
    printed: expect.stringContaining(`There is no database in ${dir}.`) as string,
  });
  expect(await verify({}, "--hepl")).toMatchObject({ code: 2 });
  const env = { DATABASE_URL: database.url };
  const line = await database.db.auditLog.create({ data: { action: "a" } });
  expect(await verify(env)).toMatchObject({
    code: 0,
    printed: expect.stringContaining("The audit log holds together") as string,
  });
  await database.db.$transaction([
    database.db.$executeRaw`SET LOCAL session_replication_role = replica`,
    database.db.$executeRaw`UPDATE "AuditLog" SET "action" = 'x' WHERE "id" = ${line.id}`,
  ]);
  expect(await verify(env)).toMatchObject({
    code: 1,
    printed: expect.stringContaining("does not hold: 1 place") as string,
  });
  const away = new URL(database.url);
  away.port = "1";
  const { code, printed } = await verify({ DATABASE_URL: away.href });
  expect(code).toBe(2);
  expect(printed).not.toContain(away.password);
  expect(printed.trim()).toMatch(/^The database could not be read: .* 127\.0\.0\.1:1\.$/);
  expect((await verify({ DATABASE_URL: "nonsense" })).printed).toContain("DATABASE_URL is no address");
  await database.close();
});
