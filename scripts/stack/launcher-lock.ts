// One launcher per home: a second start says so instead of fighting over the same files.
import { linkSync, rmSync } from "node:fs";
import { isAlive, readJson, recordOf, writeAtomically, type ProcessRecord } from "./processes";

interface Holder extends ProcessRecord {
  /** The dashboard's address, once it is known. */
  url?: string;
}

export interface LauncherLock {
  announce(url: string): void;
  release(): void;
}

/** Takes the lock, or throws who holds it. A lock whose launcher is dead is taken over. */
export function takeLauncherLock(file: string): LauncherLock {
  const mine: Holder = recordOf(process.pid);
  const aside = `${file}.${process.pid}`;
  writeAtomically(aside, mine);
  try {
    if (!link(aside, file)) {
      const holder = readJson<Holder>(file);
      if (holder && isAlive(holder))
        throw new Error(
          `Homeport runs already (process ${holder.pid})${holder.url ? `: ${holder.url}` : ""}. Stop it with Ctrl-C in its terminal, or with: kill ${holder.pid}`,
        );
      rmSync(file, { force: true });
      if (!link(aside, file)) throw new Error("Another Homeport is starting in this very moment.");
    }
  } finally {
    rmSync(aside, { force: true });
  }
  return {
    announce: (url) => {
      writeAtomically(file, { ...mine, url });
    },
    release: () => {
      rmSync(file, { force: true });
    },
  };
}

/** link(2) fails when the name exists: the only way to create a file with its content, and only once. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
