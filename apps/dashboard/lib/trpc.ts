"use client";
// The API's procedures as hooks, and what they fail with.
import type { AppRouter } from "@homeport/api";
import type { TRPCClientErrorLike } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";

export const trpc = createTRPCReact<AppRouter>();
export type ApiError = TRPCClientErrorLike<AppRouter>;
