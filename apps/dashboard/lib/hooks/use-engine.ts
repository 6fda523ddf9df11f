"use client";
// Whether everything that a run needs answers: asked once for all who show it.
import { trpc } from "@/lib/trpc";

const EVERY_MS = 10_000;
/** While something is away its return is worth knowing sooner. */
const AWAY_EVERY_MS = 2_000;

export function useEngine() {
  return trpc.engine.status.useQuery(undefined, {
    // Whoever the page belongs to is asked for when they are signed in again (lib/session.ts).
    refetchInterval: ({ state: { data, error } }) => {
      if (error?.data?.appCode === "unauthenticated") return false;
      const away = error !== null || (data && !(data.temporal.ok && data.worker.ok));
      return away ? AWAY_EVERY_MS : EVERY_MS;
    },
    retry: false,
  });
}
