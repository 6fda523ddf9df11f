"use client";
// What was tried of a step: each attempt, when, how long, and what it said.
import type { AttemptView } from "@homeport/api";
import { stepDetailText } from "@homeport/domain/text/step-detail";
import { stepStateLabels } from "@homeport/domain/text/state-label";
import { Badge } from "@homeport/ui/badge";
import { RelativeTime } from "@homeport/ui/relative-time";
import { StateBadge } from "@homeport/ui/state-badge";
import { elapsedMs, formatDuration } from "../../../lib/format/duration";
import { useNow } from "../../../lib/hooks/use-now";

interface Props {
  attempts: readonly AttemptView[];
  /** Of the newest attempt, by the engine itself. */
  tries: number;
  /** What is said above already, and not again here. */
  shownError: string | null;
  onShow: (attempt: number) => void;
}

export function Tried({ attempts, tries, shownError, onShow }: Props) {
  const now = useNow();
  return (
    <ol aria-label="What was tried" className="divide-y rounded-sm border bg-bg text-table">
      {attempts.map((attempt, index) => {
        const ms = now && elapsedMs(attempt, now);
        const newest = index === attempts.length - 1;
        return (
          <li key={attempt.attempt} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5">
            <button
              type="button"
              className="font-medium text-accent underline underline-offset-2"
              onClick={() => {
                onShow(attempt.attempt);
              }}
              aria-label={`Show the log of attempt ${attempt.attempt}`}
            >
              Attempt {attempt.attempt}
            </button>
            <StateBadge plain state={stepStateLabels[attempt.state]} />
            {attempt.edited && <Badge tone="accent">edited</Badge>}
            <span className="min-w-0 flex-1 basis-60 break-words">
              {newest && attempt.error === shownError ? (
                <span className="text-muted">as above</span>
              ) : (
                (attempt.error ?? (attempt.detail && stepDetailText(attempt.detail)))
              )}
            </span>
            <span className="text-meta text-muted tabular-nums">
              {newest && tries > 1 ? `${tries} tries, ` : ""}
              {ms === undefined ? "" : `${formatDuration(ms)}, `}
              {attempt.startedAt ? <RelativeTime at={attempt.startedAt} /> : "not begun"}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
