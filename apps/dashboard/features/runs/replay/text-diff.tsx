"use client";
// What differs between two texts, line by line with what stands around it; nothing of it becomes markup.
import { cn } from "@homeport/ui/cn";
import { structuredPatch } from "diff";
import { useMemo } from "react";
import { hunkRows, type DiffRow } from "./hunk-rows";

/** Beyond this the two have next to nothing in common, and a page should not stand still over it. */
const TIMEOUT_MS = 1_500;

interface Props {
  a: string;
  b: string;
  label: string;
  /** What a line of one side is called for those who do not see its sign. */
  sides?: { a: string; b: string };
  tooMuch?: string;
}

const leftAndRight = { a: "only on the left", b: "only on the right" };

export function TextDiff({
  a,
  b,
  label,
  sides = leftAndRight,
  tooMuch = "They differ too much to be shown line by line. Side by side shows both.",
}: Props) {
  const hunks = useMemo(
    () => structuredPatch("a", "b", a, b, undefined, undefined, { context: 3, timeout: TIMEOUT_MS })?.hunks,
    [a, b],
  );
  if (!hunks) return <p className="p-3 text-table text-muted">{tooMuch}</p>;
  if (hunks.length === 0) return <p className="p-3 text-table text-muted">No difference.</p>;
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-[60dvh] overflow-auto bg-sunken font-mono text-meta [font-feature-settings:'calt'_0] focus-visible:-outline-offset-2"
    >
      <table className="w-full border-collapse">
        <tbody>
          {hunks.map((hunk, index) => [
            ...(index > 0
              ? [
                  <tr key={`gap${index}`}>
                    <td colSpan={4} className="border-y px-3 py-0.5 text-muted">
                      …
                    </td>
                  </tr>,
                ]
              : []),
            ...hunkRows(hunk).map((row, at) => <Row key={`${index}/${at}`} {...row} sides={sides} />),
          ])}
        </tbody>
      </table>
    </div>
  );
}

function Row({ kind, before, after, text, sides }: DiffRow & { sides: { a: string; b: string } }) {
  return (
    <tr className={cn(kind === "removed" && "bg-bad-soft", kind === "added" && "bg-good-soft")}>
      <td className="w-10 px-2 text-right align-top text-muted select-none">{before ?? ""}</td>
      <td className="w-10 px-2 text-right align-top text-muted select-none">{after ?? ""}</td>
      <td
        className={cn(
          "w-4 text-center align-top select-none",
          kind === "removed" && "text-bad",
          kind === "added" && "text-good",
        )}
      >
        {kind === "removed" && (
          <>
            −<span className="sr-only">{sides.a}</span>
          </>
        )}
        {kind === "added" && (
          <>
            +<span className="sr-only">{sides.b}</span>
          </>
        )}
      </td>
      <td className="pr-3 pl-1 break-words whitespace-pre-wrap">{text === "" ? " " : text}</td>
    </tr>
  );
}
