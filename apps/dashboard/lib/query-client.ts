// One query client's habits, for the browser and for a page rendered on the server.
import { QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

const STALE_MS = 10_000;
/** Refusals (not found, not allowed, wrong input) stay refusals; only an absent server is worth another try. */
const RETRIES = 2;

interface Habits {
  /** On the server the API's own, which knows where the dates of its lists are. */
  serialize?: (data: unknown) => unknown;
  /** On the server none: what failed there the browser asks again, and no page waits for it. */
  retries?: number;
}

export function createQueryClient({ serialize = superjson.serialize, retries = RETRIES }: Habits = {}): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (count, error) => count < retries && !isRefusal(error),
        refetchOnWindowFocus: true,
      },
      // One text for each answer: React looks into everything else that it hands from the server to the browser, value by value.
      dehydrate: { serializeData: (data: unknown) => JSON.stringify(serialize(data)) },
      hydrate: {
        deserializeData: (text: string): unknown =>
          superjson.deserialize(JSON.parse(text) as ReturnType<typeof superjson.serialize>),
      },
    },
  });
}

function isRefusal(error: unknown): boolean {
  const status = (error as { data?: { httpStatus?: number } | null }).data?.httpStatus; // TRPCClientError's shape, untyped here
  return status !== undefined && status < 500;
}
