// The migrations of this version: one folder each in prisma/migrations, applied in the order of their names.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const MIGRATIONS_DIR = path.join(path.dirname(import.meta.dirname), "migrations");

export interface Migration {
  name: string;
  sql: string;
}

/** Every migration of this checkout, in the order in which they apply. */
export async function listMigrations(): Promise<Migration[]> {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    names.map(async (name) => ({
      name,
      sql: await readFile(path.join(MIGRATIONS_DIR, name, "migration.sql"), "utf8"),
    })),
  );
}

/** As Prisma records it in `_prisma_migrations`: SHA-256 of the file, in hexadecimal digits. */
export function checksumOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

/** Whether `checksum` was made of this file. As with Prisma, line ends that git converted at a checkout make no other migration. */
export function isChecksumOf(sql: string, checksum: string): boolean {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].some((text) => checksumOf(text) === checksum);
}
