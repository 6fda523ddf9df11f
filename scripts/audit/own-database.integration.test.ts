// A command finds the installation's database as it runs, starts it where it does not, and leaves it as it was.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createDb } from "../../prisma/src/client";
import { runningPostgres, startPostgres } from "../../prisma/src/embedded";
import { takeLauncherLock } from "../stack/launcher-lock";
import { withDatabase } from "./own-database";
import { homeAt } from "../stack/paths";

const dir = mkdtempSync(path.join(tmpdir(), "homeport-own-"));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

async function answers(url: string): Promise<boolean> {
  const server = new URL(url);
  server.pathname = "/postgres";
  const db = createDb(server.href, { max: 1 });
  try {
    return (await db.$queryRaw<{ one: number }[]>`SELECT 1 AS one`)[0]?.one === 1;
  } finally {
    await db.$disconnect();
  }
}

test("as it runs, started for the command, named by DATABASE_URL, or not there at all", async () => {
  const home = homeAt(dir);
  await expect(withDatabase(home, undefined, answers)).rejects.toThrow(`There is no database in ${dir}.`);
  const postgres = await startPostgres({ dir: home.postgres, durable: false });
  expect(await withDatabase(home, undefined, answers)).toBe(true);
  expect(await withDatabase(home, "postgresql://elsewhere/x", (url) => Promise.resolve(url))).toBe(
    "postgresql://elsewhere/x",
  );
  expect(await runningPostgres(home.postgres, "x")).toBe(postgres.url("x"));
  await postgres.stop();

  const lock = takeLauncherLock(home.lock);
  await expect(withDatabase(home, undefined, answers)).rejects.toThrow("Homeport runs already");
  lock.release();
  expect(await withDatabase(home, undefined, answers)).toBe(true);
  expect(await runningPostgres(home.postgres, "x")).toBeUndefined();
  takeLauncherLock(home.lock).release();
});
