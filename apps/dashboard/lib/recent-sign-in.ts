// A call that the server refuses until the password was given once more is held, the person is asked, and the call is repeated.
import type { AppRouter } from "@homeport/api";
import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";

type Settle = (given: boolean) => void;

let waiting: Settle[] = [];
const listeners = new Set<() => void>();

/** What the dialog watches: whether somebody is to be asked. */
export const passwordPrompt = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  isOpen: (): boolean => waiting.length > 0,
  /** `given`: the server took the password; all calls that wait go on. Else each gets its refusal. */
  settle(given: boolean): void {
    const held = waiting;
    waiting = [];
    for (const settle of held) settle(given);
    for (const listener of listeners) listener();
  },
};

function askForPassword(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve];
    for (const listener of listeners) listener();
  });
}

/** Before the link that sends. A call is repeated once: a second refusal is the answer. */
export function recentSignIn(ask: () => Promise<boolean> = askForPassword): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let current: Unsubscribable | undefined;
        let over = false;
        const send = (first: boolean): void => {
          current = next(op).subscribe({
            next: (value) => {
              observer.next(value);
            },
            complete: () => {
              observer.complete();
            },
            error: (error) => {
              if (!first || error.data?.refusal !== "session.stale") return observer.error(error);
              void ask().then((given) => {
                if (over) return;
                if (given) send(false);
                else observer.error(error);
              });
            },
          });
        };
        send(true);
        return () => {
          over = true;
          current?.unsubscribe();
        };
      });
}
