// What undoing or cancelling would do now, in the order in which it happens.
import { Undo2 } from "lucide-react";

export function UndoPlan({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-meta font-medium text-muted">What happens, in this order</h3>
      <ol aria-label="What happens" className="grid gap-1.5">
        {sentences.map((sentence) => (
          <li key={sentence} className="flex gap-2 text-body">
            <Undo2 aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            <span className="min-w-0 break-words">{sentence}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
