"use client";
// What happened to the container, newest first.
import { containerEventText } from "@homeport/domain/text/container-event";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { RelativeTime } from "@homeport/ui/relative-time";
import { trpc } from "@/lib/trpc";

export function ContainerEvents({ id }: { id: string }) {
  const { data: container } = trpc.containers.get.useQuery({ id });
  if (!container) return null;
  if (container.events.length === 0)
    return (
      <Card>
        <EmptyState title="Nothing happened yet" />
      </Card>
    );
  return (
    <Card flush>
      <ol aria-label="Events" className="text-table">
        {container.events.map(({ id: key, event, createdAt }) => (
          <li
            key={key}
            className="grid min-h-9 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b px-4 py-1.5 last:border-b-0"
          >
            <span className="break-words">{containerEventText(event)}</span>
            <RelativeTime at={createdAt} className="text-muted" />
          </li>
        ))}
      </ol>
    </Card>
  );
}
