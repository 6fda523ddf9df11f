// Whose page this is, and whether they are still signed in; all tabs of the browser hear of a change from the one where it was made.

export interface Person {
  id: string;
  name: string;
  email: string;
}

/** `ended`: nobody is signed in any more, as far as this page knows. `other`: somebody else is. */
export type SessionState = "open" | "ended" | "other";

/** Who is signed in now, in the cookie that all tabs share. */
export interface SessionNews {
  person: string | null;
}

interface Channel {
  postMessage(news: SessionNews): void;
}

export interface Session {
  readonly person: Person;
  state: () => SessionState;
  subscribe: (listener: () => void) => () => void;
  /** An answer or the stream says so. */
  end(state: Exclude<SessionState, "open">): void;
  /** Another tab says who is signed in. */
  hear(news: SessionNews): void;
  /** The person signed in again, here: the other tabs go on as well. */
  resume(): void;
  /** The person begins to sign out, here, or could not: that the session ends is no news to this page. */
  leaving(begun: boolean): void;
  /** They have. */
  leave(): void;
}

export interface SessionOptions {
  channel: Channel;
  onEnd: () => void;
  onResume: () => void;
}

export function createSession(person: Person, { channel, onEnd, onResume }: SessionOptions): Session {
  const listeners = new Set<() => void>();
  let state: SessionState = "open";
  let isLeaving = false;
  let endedWhileLeaving: Exclude<SessionState, "open"> | undefined;
  const set = (next: SessionState): void => {
    if (state === next) return;
    const before = state;
    state = next;
    if (next === "open") onResume();
    else if (before === "open") onEnd();
    for (const listener of [...listeners]) listener();
  };
  return {
    person,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    // Once it is known that somebody else is signed in, a refusal says nothing new.
    end(next) {
      if (isLeaving) endedWhileLeaving = next;
      else if (state !== "other") set(next);
    },
    hear(news) {
      const notOurs = news.person === null ? "ended" : "other";
      set(news.person === person.id ? "open" : notOurs);
    },
    resume() {
      set("open");
      channel.postMessage({ person: person.id });
    },
    leaving(begun) {
      isLeaving = begun;
      // It could not be done, as far as is known; but the session is over.
      if (!begun && endedWhileLeaving !== undefined && state === "open") set(endedWhileLeaving);
      endedWhileLeaving = undefined;
    },
    leave() {
      onEnd();
      channel.postMessage({ person: null });
    },
  };
}
