"use client";
// The world moved between looking and creating: what changed, and the way on.
import type { PlanChange } from "@homeport/domain/plan/plan-changes";
import { Button } from "@homeport/ui/button";
import { RefreshCw } from "lucide-react";

interface Props {
  changes: readonly PlanChange[];
  pending: boolean;
  /** Why the new plan cannot be created either. */
  whyNot: string | undefined;
  onAnyway: () => void;
}

export function PlanChanges({ changes, pending, whyNot, onAnyway }: Props) {
  return (
    <section
      role="alert"
      aria-label="What changed since your review"
      className="rounded-md border border-wait/50 bg-wait-soft p-3 text-table"
    >
      <h2 className="flex items-center gap-2 font-medium text-wait">
        <RefreshCw aria-hidden className="size-4" />
        What changed since your review
      </h2>
      <p className="mt-1">
        Nothing was created.{" "}
        {changes.length === 0 ? "The plan that you saw is no longer known." : "The node’s answer has changed:"}
      </p>
      {changes.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2">
          {changes.map(({ what, before, after }) => (
            <li
              key={`${what}:${before ?? ""}:${after ?? ""}`}
              className="grid gap-x-3 rounded-sm bg-surface px-2 py-1.5 sm:grid-cols-[9rem_minmax(0,1fr)]"
            >
              <span className="font-medium">{what}</span>
              <span className="min-w-0 break-words">
                {before !== null && (
                  <>
                    <span className="sr-only">before: </span>
                    <del className="text-muted">{before}</del>{" "}
                  </>
                )}
                {after === null ? (
                  <span className="text-muted">no longer</span>
                ) : (
                  <>
                    <span className="sr-only">now: </span>
                    <ins className="no-underline">{after}</ins>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-3 flex justify-end">
        <Button variant="primary" pending={pending} disabledReason={whyNot} onClick={onAnyway}>
          Create anyway with the new plan
        </Button>
      </div>
    </section>
  );
}
