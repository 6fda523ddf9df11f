// How many calls of one account are worked on at once: what one account asks for, however much, leaves room for the others.
import { AppError } from "@homeport/domain/error";

/** Fewer than the dashboard has connections to the database (createDb), and about what a page asks for. */
const AT_ONCE = 8;
const WAITING = 200;

export interface Gate {
  /**
   * Does the work when fewer than `atOnce` of this account's are under way; in the order in which they came. `waited`: what was true when it came may
   * not be so any more. `signal`: of a request that nobody awaits any more, which does not wait either.
   */
  pass: <T>(account: string, work: (waited: boolean) => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

interface Account {
  underWay: number;
  waiting: (() => void)[];
}

/** `waiting`: of one account; more are refused in a sentence. In the process that answers them: nothing of it outlives a call. */
export function createGate({ atOnce = AT_ONCE, waiting = WAITING } = {}): Gate {
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
        `${atOnce + waiting} requests of your account are under way, which is the most at once. Try again when some of them are answered.`,
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

  return {
    async pass(name, work, signal) {
      const account = accounts.get(name) ?? { underWay: 0, waiting: [] };
      accounts.set(name, account);
      const waited = await enter(account, signal);
      try {
        return await work(waited);
      } finally {
        leave(name, account);
      }
    },
  };
}
