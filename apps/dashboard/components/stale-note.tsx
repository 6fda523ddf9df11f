"use client";
// Says that what is shown is old, once it is older than it should be, and why.
import { Banner } from "@homeport/ui/banner";
import { fromOwnClock } from "@homeport/ui/clock";
import { RelativeTime } from "@homeport/ui/relative-time";
import type { ApiError } from "@/lib/trpc";

export function StaleNote({ error, updatedAt }: { error: ApiError | null; updatedAt: number }) {
  if (error === null || updatedAt === 0) return null;
  return (
    <Banner
      tone="wait"
      className="mb-4"
      title={
        <>
          Shown as it was <RelativeTime at={fromOwnClock(updatedAt)} />.
        </>
      }
    >
      {error.message}
    </Banner>
  );
}
