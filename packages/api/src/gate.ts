// How many calls of one account are worked on at once: what one account asks for, however much, leaves room for the others.
import { AppError } from "@homeport/domain/error";

/** Fewer than the dashboard has connections to the database (createDb), and about what a page asks for. */
const AT_ONCE = 8;
/** Of these, by programs with API tokens: their person's pages go on beside them. */
const BY_PROGRAMS = 4;
const WAITING = 200;

interface Asker {
  account: string;
  /** By an API token: these wait for each other first, in a line of their own. */
  isProgram: boolean;
}

export interface Gate {
  /**
   * Does the work when fewer than `atOnce` of this account's are under way; in the order in which they came. `waited`: what was true when it came may
   * not be so any more. `signal`: of a request that nobody awaits any more, which does not wait either.
   */
  pass: <T>(asker: Asker, work: (waited: boolean) => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

interface Account {
  underWay: number;
  waiting: (() => void)[];
}

/** `waiting`: of one account; more are refused in a sentence. In the process that answers them: nothing of it outlives a call. */
export function createGate({ atOnce = AT_ONCE, byPrograms = BY_PROGRAMS, waiting = WAITING } = {}): Gate {
  const accounts = createLine({ atOnce, waiting, of: "your account" });
  const programs = createLine({ atOnce: byPrograms, waiting, of: "your account by API tokens" });
  return {
    pass({ account, isProgram }, work, signal) {
      if (!isProgram) return accounts(account, work, signal);
      return programs(account, (waited) => accounts(account, (again) => work(waited || again), signal), signal);
    },
  };
}

type Line = <T>(name: string, work: (waited: boolean) => Promise<T>, signal?: AbortSignal) => Promise<T>;

function createLine({ atOnce, waiting, of }: { atOnce: number; waiting: number; of: string }): Line {
  const accounts = new Map<string, Account>();

  /** Answers whether it waited. */
  async function enter(account: Account, signal: AbortSignal | undefined): Promise<boolean> {
    if (account.underWay < atOnce) {
      account.underWay += 1;
      return false;
    }
    if (account.waiting.length >= waiting)
      throw new AppError(
        "calls.too_many",
        `${atOnce + waiting} requests of ${of} are under way, which is the most at once. Try again when some of them are answered.`,
        { retryAfterS: 1 },
      );
    await new Promise<void>((resolve, reject) => {
      const given = (): void => {
        signal?.removeEventListener("abort", gone);
        resolve();
      };
      const gone = (): void => {
        account.waiting = account.waiting.filter((other) => other !== given);
        reject(new AppError("session.ended", "Nobody waits for this answer any more."));
      };
      account.waiting.push(given);
      signal?.addEventListener("abort", gone, { once: true });
    });
    return true;
  }

  /** Whoever waited longest takes the place as it is: nobody comes in between. */
  function leave(name: string, account: Account): void {
    const next = account.waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    account.underWay -= 1;
    if (account.underWay === 0) accounts.delete(name);
  }

  return async (name, work, signal) => {
    const account = accounts.get(name) ?? { underWay: 0, waiting: [] };
    accounts.set(name, account);
    const waited = await enter(account, signal);
    try {
      return await work(waited);
    } finally {
      leave(name, account);
    }
  };
}
