// Every request of the API, reading ones too: in memory, the newest only. What a test counts; what changed something is in the journal.

export interface SeenRequest {
  /** When it arrived, in milliseconds since the epoch. */
  time: number;
  method: string;
  /** Without `/api2/json` and without what is asked for behind it. */
  path: string;
}

export interface Requests {
  add(request: SeenRequest): void;
  /** Oldest first. */
  read(): SeenRequest[];
}

const MOST = 10_000;

export function openRequests(): Requests {
  let seen: SeenRequest[] = [];
  return {
    add(request) {
      seen.push(request);
      if (seen.length >= 2 * MOST) seen = seen.slice(-MOST);
    },
    read: () => seen.slice(-MOST),
  };
}
