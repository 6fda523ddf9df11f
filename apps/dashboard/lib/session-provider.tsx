"use client";
// What a page stands on: the API's client, and whose page it is.
import type { AppRouter } from "@homeport/api";
import { toast } from "@homeport/ui/toast";
import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { beginClock, createClient, noticeEnd } from "./api-client";
import { createLive, liveLink } from "./live/live-link";
import { createQueryClient } from "./query-client";
import { resendLost } from "./requests/resend";
import { createSession, type Person, type Session, type SessionNews, type SessionState } from "./session";
import { trpc } from "./trpc";
import { whileVisible } from "./while-visible";

/** Whom the page belongs to: the server answers nobody else. @homeport/api's PERSON_HEADER. */
const PERSON_HEADER = "x-homeport-person";
const CHANNEL = "homeport-session";

const SessionContext = createContext<Session | null>(null);

/** Of the pages behind sign-in: one for each document, as signing in and out load a new one. `now`: the server's time when it made the page. */
export function SignedInProvider({ person, now, children }: { person: Person; now: number; children: ReactNode }) {
  const [made] = useState(() => {
    if (typeof window !== "undefined") beginClock(now);
    return createForPerson(person);
  });
  useEffect(() => made.start(), [made]);
  return (
    <SessionContext value={made.session}>
      <ApiProvider of={made}>{children}</ApiProvider>
    </SessionContext>
  );
}

/** Of the pages before it: they watch nothing. */
export function SignedOutProvider({ children }: { children: ReactNode }) {
  const [made] = useState(() => ({
    queryClient: createQueryClient(),
    client: createClient({ headers: {}, links: [] }),
  }));
  return <ApiProvider of={made}>{children}</ApiProvider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("only for pages behind sign-in");
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.state, () => "open" as const);
}

interface Api {
  queryClient: ReturnType<typeof createQueryClient>;
  client: ReturnType<typeof createClient>;
}

function ApiProvider({ of: { queryClient, client }, children }: { of: Api; children: ReactNode }) {
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}

function createForPerson(person: Person): Api & { session: Session; start: () => () => void } {
  const queryClient = createQueryClient();
  const live = createLive(person.id);
  let channel: BroadcastChannel | undefined;
  const session = createSession(person, {
    channel: { postMessage: (news) => channel?.postMessage(news) },
    onEnd: () => {
      live.stop();
    },
    onResume: () => {
      live.resume();
      void queryClient.invalidateQueries();
    },
  });
  const onEnded = (): void => {
    session.end("ended");
  };
  const client = createClient({
    headers: { [PERSON_HEADER]: person.id },
    links: [noticeEnd(onEnded), resendLost<AppRouter>(lostToast)],
    subscriptions:
      typeof document === "undefined"
        ? undefined
        : [whileVisible<AppRouter>(document, window), liveLink({ live, onEnded })],
  });
  const start = (): (() => void) => {
    channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<SessionNews>) => {
      session.hear(data);
    };
    channel.postMessage({ person: person.id });
    return () => {
      channel?.close();
      channel = undefined;
    };
  };
  return { queryClient, client, session, start };
}

const lostToast = {
  lost: (key: string) => void toast.loading("The answer was lost; checking…", { id: key, duration: Infinity }),
  settled: (key: string) => void toast.dismiss(key),
};
