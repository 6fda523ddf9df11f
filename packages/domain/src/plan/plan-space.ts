// The space of a storage that creates under way will take: what two plans look at is not promised twice.

const GIB = 1024 ** 3;

/** A create that is queued or under way and has not made its disk yet. */
export interface SpacePromise {
  storage: string;
  /** What its disk may grow to. */
  diskBytes: number;
  /** What the system and its template fill at least. */
  leastBytes: number;
}

/** What a fresh system takes at least, before what the template downloads is unpacked to about three times its size. */
const SYSTEM_BYTES = GIB;

export function promiseOf(
  spec: { storage: string; diskGib: number },
  template: { estimate: { downloadMib: number } },
): SpacePromise {
  const diskBytes = spec.diskGib * GIB;
  return {
    storage: spec.storage,
    diskBytes,
    leastBytes: Math.min(diskBytes, SYSTEM_BYTES + 3 * template.estimate.downloadMib * 1024 ** 2),
  };
}

export interface PromisedSpace {
  diskBytes: number;
  leastBytes: number;
  containers: number;
}

/** What is promised of one storage. */
export function promisedOn(storage: string, promises: readonly SpacePromise[]): PromisedSpace {
  const there = promises.filter((one) => one.storage === storage);
  const sum = (of: (one: SpacePromise) => number): number => there.reduce((total, one) => total + of(one), 0);
  return {
    diskBytes: sum(({ diskBytes }) => diskBytes),
    leastBytes: sum(({ leastBytes }) => leastBytes),
    containers: there.length,
  };
}

/** "12 GiB are promised to 3 containers under way"; empty when nothing is. */
export function promisedText({ promisedBytes, promisedTo }: { promisedBytes: number; promisedTo: number }): string {
  if (promisedTo === 0) return "";
  return `${gib(promisedBytes)} are promised to ${promisedTo} container${promisedTo === 1 ? "" : "s"} under way`;
}

export const gib = (bytes: number): string => `${(bytes / GIB).toFixed(bytes < 10 * GIB ? 1 : 0)} GiB`;
