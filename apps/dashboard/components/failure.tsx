"use client";
// 500 in words: what happened, what was not affected, what to do.
import { Button } from "@homeport/ui/button";
import { ErrorState } from "@homeport/ui/error-state";
import Link from "next/link";

export function Failure({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const raw = [error.digest === undefined ? "" : `digest ${error.digest}`, error.message].filter(Boolean).join("\n");
  return (
    <ErrorState
      title="This page failed"
      unaffected="Containers and running work are not affected."
      raw={raw}
      onRetry={reset}
      actions={
        <Button asChild>
          <Link href="/">Containers</Link>
        </Button>
      }
    >
      Something went wrong while it was made. What it was is in the dashboard&apos;s log.
    </ErrorState>
  );
}
