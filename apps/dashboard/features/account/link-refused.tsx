"use client";
// A link of a mail that does nothing: because it has ended, or because nobody answered whether it has.
import { Button } from "@homeport/ui/button";
import { useEffect } from "react";
import { PlainPage } from "@/components/plain-page";
import { forgetLink } from "@/lib/hooks/use-link-token";
import { isRefused } from "@/lib/requests/answer";
import type { ApiError } from "@/lib/trpc";

export function LinkRefused({
  purpose,
  title,
  to,
  error,
  trying,
  onAgain,
}: {
  purpose: "address" | "reset";
  title: string;
  to: { href: string; label: string };
  error: ApiError;
  trying: boolean;
  onAgain: () => void;
}) {
  const over = isRefused(error);
  // It is of no use any more, also when the page is loaded again.
  useEffect(() => {
    if (over) forgetLink(purpose);
  }, [over, purpose]);
  return (
    <PlainPage title={over ? title : "The link could not be looked up"} to={to}>
      {error.data?.fields?.token ?? error.message}
      {!over && (
        <p className="mt-4">
          <Button pending={trying} onClick={onAgain}>
            Try again
          </Button>
        </p>
      )}
    </PlainPage>
  );
}
