// Brings a database to the schema of this checkout; does nothing, quickly, when it is there already.
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import pg from "pg";

const PACKAGE_DIR = path.dirname(import.meta.dirname);
const MIGRATIONS_DIR = path.join(PACKAGE_DIR, "migrations");

export interface Migration {
  name: string;
  sql: string;
}

/** Creates the database when it is missing and applies what is pending with `prisma migrate deploy`. Answers the names applied. */
export async function migrate(url: string): Promise<string[]> {
  const applied = await appliedMigrations(url);
  const pending = (await listMigrations()).map(({ name }) => name).filter((name) => !applied.has(name));
  if (pending.length > 0) await deploy(url);
  return pending;
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

async function appliedMigrations(url: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ migration_name: string }>(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    return new Set(rows.map((row) => row.migration_name));
  } catch (error) {
    // No such database, no such table: Prisma creates both. Anything else it will explain better than we could.
    if (error instanceof Error && "code" in error && (error.code === "3D000" || error.code === "42P01"))
      return new Set();
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function deploy(url: string): Promise<void> {
  const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
  // The URL holds a password: it goes into the environment, never on the command line.
  const env = { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  const child = spawn(process.execPath, [cli, "migrate", "deploy"], {
    cwd: PACKAGE_DIR,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (bytes: Buffer) => {
    output += String(bytes);
  });
  child.stderr.on("data", (bytes: Buffer) => {
    output += String(bytes);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The migrations could not be applied:\n${output.trim()}`);
}
