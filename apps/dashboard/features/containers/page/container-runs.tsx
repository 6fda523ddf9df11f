"use client";
// Every run on this container, newest first.
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { trpc } from "@/lib/trpc";
import { RunRows } from "@/features/runs";

export function ContainerRuns({ id }: { id: string }) {
  const { data: container } = trpc.containers.get.useQuery({ id });
  return (
    <Card flush className="overflow-hidden">
      <RunRows runs={container?.runs} empty={<EmptyState title="No run yet" />} />
    </Card>
  );
}
