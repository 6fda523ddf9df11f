"use client";
// What the container was made as; changing it comes later.
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { trpc } from "@/lib/trpc";
import { SpecList } from "./spec-list";

export function ContainerSettings({ id }: { id: string }) {
  const { data: container } = trpc.containers.get.useQuery({ id });
  if (!container) return null;
  if (!container.spec)
    return (
      <Card>
        <EmptyState title="Its settings cannot be read">They were stored by another version of Homeport.</EmptyState>
      </Card>
    );
  return (
    <Card title="As it was made" hint={`What was changed since on ${container.node.name} itself is not shown here.`}>
      <SpecList spec={container.spec} />
    </Card>
  );
}
