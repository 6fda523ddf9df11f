"use client";
// Why a view has no data: not there, not allowed, the server away, or something unforeseen.
import { ErrorState } from "@homeport/ui/error-state";
import { Button } from "@homeport/ui/button";
import { Link } from "@/components/link";
import type { ApiError } from "@/lib/trpc";

export interface QueryErrorProps {
  error: ApiError;
  /** "The nodes", "This template". */
  what: string;
  onRetry?: () => void;
  retrying?: boolean;
  back?: { href: string; label: string };
}

export function QueryError({ error, what, onRetry, retrying = false, back }: QueryErrorProps) {
  const code = error.data?.appCode;
  const way = back && (
    <Button asChild>
      <Link href={back.href}>{back.label}</Link>
    </Button>
  );
  if (code === "not_found")
    return (
      <ErrorState title={`${what} is not there.`} actions={way}>
        It was deleted, or it belongs to somebody else.
      </ErrorState>
    );
  if (code === "forbidden")
    return (
      <ErrorState title={`${what} cannot be shown to you.`} actions={way}>
        {error.message}
      </ErrorState>
    );
  if (code === "unauthenticated")
    return (
      <ErrorState
        title="Your session has ended."
        actions={
          <Button asChild variant="primary">
            <Link href="/sign-in">Sign in</Link>
          </Button>
        }
      >
        Sign in again to go on.
      </ErrorState>
    );
  const away = error.data === undefined || error.data === null;
  return (
    <ErrorState
      title={away ? "Homeport does not answer." : `${what} could not be read.`}
      unaffected="Containers and running work are not affected."
      raw={`${error.data?.path ?? ""}\n${error.data?.code ?? "no answer"}\n${error.message}`.trim()}
      onRetry={onRetry}
      retrying={retrying}
      actions={way}
    >
      {error.message}
    </ErrorState>
  );
}
