// One launcher per home: a second start says so instead of fighting over the same files.
import { releaseFile, takeFile } from "./held-file";
import { recordOf, writeAtomically, type ProcessRecord } from "./processes";

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
  const holder: Holder | undefined = takeFile(file);
  if (holder !== undefined)
    throw new Error(
      `Homeport runs already, or its database is being read (process ${holder.pid})${holder.url ? `: ${holder.url}` : ""}. Stop it with Ctrl-C in its terminal, or with: kill ${holder.pid}`,
    );
  return {
    announce: (url) => {
      writeAtomically(file, { ...recordOf(process.pid), url });
    },
    release: () => {
      releaseFile(file);
    },
  };
}
