"use client";
// The browser's way to the API: mutations one by one (they set cookies), queries together, subscriptions as event streams.
import "@homeport/domain/input-messages";
import type { AppRouter } from "@homeport/api";
import { QueryClientProvider } from "@tanstack/react-query";
import { httpBatchLink, httpLink, httpSubscriptionLink, splitLink, type TRPCClientErrorLike } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import { useState, type ReactNode } from "react";
import superjson from "superjson";
import { plainFetch } from "./plain-fetch";
import { recentSignIn } from "./recent-sign-in";
import { createQueryClient } from "./query-client";
import { whileVisible } from "./while-visible";

export const trpc = createTRPCReact<AppRouter>();
export type ApiError = TRPCClientErrorLike<AppRouter>;

const url = "/api/trpc";
/** The server refuses larger batches: @homeport/api's MAX_BATCH_SIZE. */
const MAX_ITEMS = 20;

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() =>
    trpc.createClient({
      links: [
        splitLink({
          condition: ({ type }) => type === "subscription",
          true: [whileVisible(globalThis.document), httpSubscriptionLink({ url, transformer: superjson })],
          false: splitLink({
            condition: ({ type }) => type === "mutation",
            true: [recentSignIn(), httpLink({ url, transformer: superjson, fetch: plainFetch })],
            false: httpBatchLink({ url, transformer: superjson, fetch: plainFetch, maxItems: MAX_ITEMS }),
          }),
        }),
      ],
    }),
  );
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
