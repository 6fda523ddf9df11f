"use client";
// How many requests wait for the person, and how many are their own; none while nobody knows.
import { trpc } from "@/lib/trpc";

const COUNT_EVERY_MS = 30_000;
const none = { toDecide: 0, own: 0 };

export function useApprovalCount(): { toDecide: number; own: number } {
  return trpc.approvals.openCount.useQuery(undefined, { refetchInterval: COUNT_EVERY_MS }).data ?? none;
}
