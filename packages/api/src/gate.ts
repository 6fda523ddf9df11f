// How many calls of one account are worked on at once: what one account asks for, however much, leaves room for the others.
import { AppError } from "@homeport/domain/error";

/** Fewer than the dashboard has connections to the database (createDb), and about what a page asks for. */
const AT_ONCE = 8;
const WAITING = 200;

export interface Gate {
  /** Does the work when fewer than `atOnce` of this account's are under way; in the order in which they came. */
  pass: <T>(account: string, work: () => Promise<T>) => Promise<T>;
}

interface Account {
  underWay: number;
  waiting: (() => void)[];
}

/** `waiting`: of one account; more are refused in a sentence. In the process that answers them: nothing of it outlives a call. */
export function createGate({ atOnce = AT_ONCE, waiting = WAITING } = {}): Gate {
  const accounts = new Map<string, Account>();

  async function enter(account: Account): Promise<void> {
    if (account.underWay < atOnce) {
      account.underWay += 1;
      return;
    }
    if (account.waiting.length >= waiting)
      throw new AppError(
        "calls.too_many",
        `${atOnce + waiting} requests of your account are under way, which is the most at once. Try again when some of them are answered.`,
        { retryAfterS: 1 },
      );
    await new Promise<void>((resolve) => account.waiting.push(resolve));
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
    async pass(name, work) {
      const account = accounts.get(name) ?? { underWay: 0, waiting: [] };
      accounts.set(name, account);
      await enter(account);
      try {
        return await work();
      } finally {
        leave(name, account);
      }
    },
  };
}
