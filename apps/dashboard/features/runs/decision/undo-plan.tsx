// What undoing or cancelling would do now, in the order in which it happens, and what it does not touch.
import { Check, Undo2 } from "lucide-react";

export function UndoPlan({ sentences, stays }: { sentences: readonly string[]; stays: readonly string[] }) {
  return (
    <>
      {sentences.length > 0 && (
        <div>
          <h3 className="mb-1 text-meta font-medium text-muted">What happens, in this order</h3>
          <ol aria-label="What happens" className="grid gap-1">
            {sentences.map((sentence) => (
              <li key={sentence} className="flex gap-2 text-body">
                <Undo2 aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
                <span className="min-w-0 break-words">{sentence}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
      {stays.length > 0 && (
        <div>
          <h3 className="mb-1 text-meta font-medium text-muted">What stays</h3>
          <ul className="grid gap-1">
            {stays.map((sentence) => (
              <li key={sentence} className="flex gap-2 text-body">
                <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
                <span className="min-w-0 break-words">{sentence}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
