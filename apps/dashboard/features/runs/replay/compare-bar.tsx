"use client";
// Under the list of runs while some are chosen: what they are, and the way to compare them.
import type { RunView } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { GitCompare } from "lucide-react";
import { Link } from "@/components/link";
import { runTitle } from "@homeport/domain/text/run-title";

interface Props {
  /** The chosen ones that are in the list. */
  runs: readonly RunView[];
  selected: readonly string[];
  onClear: () => void;
}

/** The older run is shown on the left. */
export function CompareBar({ runs, selected, onClear }: Props) {
  if (selected.length === 0) return null;
  const [a, b] = selected.toSorted();
  return (
    <section
      aria-label="Compare runs"
      className="sticky bottom-3 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-x-3 gap-y-2 rounded-md border bg-raised px-3 py-2 shadow-lg"
    >
      <span role="status" className="min-w-0 truncate text-table">
        {runs.length === 2
          ? runs.map(runTitle).join(" and ")
          : `${runs[0] ? runTitle(runs[0]) : "One run"}: choose another`}
      </span>
      <Button size="sm" variant="ghost" onClick={onClear}>
        Clear
      </Button>
      <Button size="sm" variant="primary" asChild disabledReason={b === undefined ? "Choose two runs." : undefined}>
        <Link href={`/runs/compare?a=${a ?? ""}&b=${b ?? ""}`}>
          <GitCompare aria-hidden />
          Compare
        </Link>
      </Button>
    </section>
  );
}
