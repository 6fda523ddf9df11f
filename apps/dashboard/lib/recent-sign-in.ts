// A call that the server refuses until the password, or a factor, was given once more is held, the person is asked, and the call is repeated.
import type { AppRouter } from "@homeport/api";
import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";

/** What is asked for. `factor`: a code or a passkey. */
export type Asked = "password" | "factor";

const asks: Record<string, Asked> = { "session.stale": "password", "session.factor_stale": "factor" };

let waiting: { what: Asked; settle: (given: boolean) => void }[] = [];
const listeners = new Set<() => void>();

/** What the dialogs watch: whether somebody is to be asked, and for what; for one thing at a time. */
export const passwordPrompt = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  asked: (): Asked | undefined => waiting[0]?.what,
  /** `given`: the server took it; all calls that wait for it go on. Else each gets its refusal. */
  settle(given: boolean): void {
    const what = passwordPrompt.asked();
    const held = waiting.filter((one) => one.what === what);
    waiting = waiting.filter((one) => one.what !== what);
    for (const { settle } of held) settle(given);
    for (const listener of listeners) listener();
  },
};

function askFor(what: Asked): Promise<boolean> {
  return new Promise((settle) => {
    waiting = [...waiting, { what, settle }];
    for (const listener of listeners) listener();
  });
}

/** Before the link that sends. Nobody is asked for the same thing twice: a second refusal is the answer. */
export function recentSignIn(ask: (what: Asked) => Promise<boolean> = askFor): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let current: Unsubscribable | undefined;
        let over = false;
        const was = new Set<Asked>();
        const send = (): void => {
          current = next(op).subscribe({
            next: (value) => {
              observer.next(value);
            },
            complete: () => {
              observer.complete();
            },
            error: (error) => {
              const what = asks[error.data?.refusal ?? ""];
              if (what === undefined || was.has(what)) return observer.error(error);
              was.add(what);
              void ask(what).then((given) => {
                if (over) return;
                if (given) send();
                else observer.error(error);
              });
            },
          });
        };
        send();
        return () => {
          over = true;
          current?.unsubscribe();
        };
      });
}
