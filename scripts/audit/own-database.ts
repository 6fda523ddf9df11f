// The installation's database, for a command that is not the launcher: as it runs, or started for as long as the command takes.
import { existsSync } from "node:fs";
import path from "node:path";
import { runningPostgres, startPostgres } from "../../prisma/src/embedded";
import { takeLauncherLock } from "../stack/launcher-lock";
import type { Home } from "../stack/paths";

const DATABASE = "homeport";
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** `external`: DATABASE_URL, used instead. Throws where there is no installation. */
export async function withDatabase<T>(
  home: Home,
  external: string | undefined,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (external !== undefined) {
    if (!URL.canParse(external))
      throw new Error("DATABASE_URL is no address such as postgresql://user@host:5432/homeport.");
    return work(external);
  }
  const running = await runningPostgres(home.postgres, DATABASE);
  if (running !== undefined) return work(running);
  if (!existsSync(path.join(home.postgres, "data")))
    throw new Error(
      `There is no database in ${home.dir}. Name another folder with HOMEPORT_HOME, or a server with DATABASE_URL.`,
    );
  const lock = takeLauncherLock(home.lock);
  try {
    const postgres = await startPostgres({ dir: home.postgres });
    // It is in a process group of its own: what ends us must end it.
    const stop = (): void => {
      void postgres.stop().finally(() => {
        lock.release();
        process.exit(2);
      });
    };
    for (const signal of signals) process.once(signal, stop);
    try {
      return await work(postgres.url(DATABASE));
    } finally {
      for (const signal of signals) process.off(signal, stop);
      await postgres.stop();
    }
  } finally {
    lock.release();
  }
}
