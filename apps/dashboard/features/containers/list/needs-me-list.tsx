// The first line of the home page: what waits for the person. Nothing when nothing does.
import { TriangleAlert } from "lucide-react";
import { Link } from "@/components/link";
import type { Need } from "./needs-me";

export function NeedsMe({ needs }: { needs: readonly Need[] }) {
  if (needs.length === 0) return null;
  return (
    <section aria-label="Needs you" className="mb-3 rounded-md border border-wait/40 bg-wait-soft">
      <ul>
        {needs.map(({ id, text, action, href }) => (
          <li
            key={id}
            className="flex min-h-9 items-center gap-2 border-b border-wait/20 px-3 py-1.5 text-table last:border-b-0"
          >
            <TriangleAlert aria-hidden className="size-4 shrink-0 text-wait" />
            <span className="min-w-0 flex-1 break-words">{text}</span>
            <Link href={href} className="shrink-0 font-medium text-accent underline underline-offset-2 max-md:py-2">
              {action}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
