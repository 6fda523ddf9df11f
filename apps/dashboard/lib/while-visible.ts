// A page that nobody sees watches nothing: not one that was opened in the background, nor one that was left.
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import type { AnyTRPCRouter } from "@trpc/server";

/** A glance at another tab closes nothing. */
const LINGER_MS = 10_000;

/**
 * Before a subscription link. A stream that is opened again goes on after the last event that it brought, where its
 * events have ids; else the server's first event says that things may have changed.
 */
export function whileVisible<Router extends AnyTRPCRouter>(page: Document, view: EventTarget): TRPCLink<Router> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let stream: Unsubscribable | undefined;
        let lastEventId: string | undefined;
        let leaving: ReturnType<typeof setTimeout> | undefined;
        const open = (): void => {
          const input = lastEventId === undefined ? op.input : { ...(op.input as object), lastEventId };
          stream ??= next({ ...op, input }).subscribe({
            next(value) {
              if ("id" in value.result && typeof value.result.id === "string") lastEventId = value.result.id;
              observer.next(value);
            },
            error: (error) => {
              observer.error(TRPCClientError.from(error));
            },
            complete: () => {
              observer.complete();
            },
          });
        };
        const close = (): void => {
          stream?.unsubscribe();
          stream = undefined;
        };
        const check = (): void => {
          clearTimeout(leaving);
          if (page.visibilityState === "visible") open();
          else if (stream) leaving = setTimeout(close, LINGER_MS);
        };
        page.addEventListener("visibilitychange", check);
        // No timer runs in a page that was left, though it may be kept and shown again.
        view.addEventListener("pagehide", close);
        view.addEventListener("pageshow", check);
        check();
        return () => {
          page.removeEventListener("visibilitychange", check);
          view.removeEventListener("pagehide", close);
          view.removeEventListener("pageshow", check);
          clearTimeout(leaving);
          close();
        };
      });
}
