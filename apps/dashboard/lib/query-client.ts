// One query client's habits, for the browser and for a page rendered on the server.
import { QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

const STALE_MS = 10_000;
/** Refusals (not found, not allowed, wrong input) stay refusals; only an absent server is worth another try. */
const RETRIES = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (count, error) => count < RETRIES && !isRefusal(error),
        refetchOnWindowFocus: true,
      },
      dehydrate: { serializeData: superjson.serialize },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}

function isRefusal(error: unknown): boolean {
  const status = (error as { data?: { httpStatus?: number } | null }).data?.httpStatus; // TRPCClientError's shape, untyped here
  return status !== undefined && status < 500;
}
