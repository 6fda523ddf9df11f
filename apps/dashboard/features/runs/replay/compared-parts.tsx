"use client";
// What the templates of two runs did differently: scripts, files and packages, with what people edited on the way.
import type { ComparedPart, ComparedRun } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Card } from "@homeport/ui/card";
import { ChevronRight } from "lucide-react";
import { TextDiff } from "./text-diff";

export function ComparedParts({ parts, a, b }: { parts: readonly ComparedPart[]; a: ComparedRun; b: ComparedRun }) {
  const differing = parts.filter(({ differs }) => differs);
  const same = parts.length - differing.length;
  const revisions = revisionsText(a.template, b.template);
  return (
    <Card
      title="Template"
      hint={`${revisions} ${differing.length === 0 ? "Scripts, files and packages are the same." : `${differing.length} ${differing.length === 1 ? "part differs" : "parts differ"}, ${same} ${same === 1 ? "is" : "are"} the same.`}`}
      flush
    >
      {differing.length > 0 && (
        <ul aria-label="Parts that differ">
          {differing.map((part) => (
            <li key={`${part.kind}${part.name}`} className="border-b last:border-0">
              <details className="group" open={differing.length <= 3}>
                <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-hover/60 focus-visible:-outline-offset-2">
                  <ChevronRight
                    aria-hidden
                    className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
                  />
                  <span className="min-w-0 flex-1 break-words">{part.title}</span>
                  <span className="flex flex-wrap gap-1.5">
                    <Badge>{part.kind}</Badge>
                    {part.editedA && <Badge tone="accent">edited on the left</Badge>}
                    {part.editedB && <Badge tone="accent">edited on the right</Badge>}
                    {part.a === null && <Badge>only on the right</Badge>}
                    {part.b === null && <Badge>only on the left</Badge>}
                  </span>
                </summary>
                <div className="border-t">
                  <TextDiff a={part.a ?? ""} b={part.b ?? ""} label={`Changes of ${part.title}`} />
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function revisionsText(a: ComparedRun["template"], b: ComparedRun["template"]): string {
  if (a.name !== b.name) return `${a.title} and ${b.title}.`;
  if (a.revision !== b.revision) return `Revisions ${a.revision} and ${b.revision} of ${a.title}.`;
  return `Both from revision ${a.revision} of ${a.title}.`;
}
