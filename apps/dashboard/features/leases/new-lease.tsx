"use client";
// Before a container is created: for how long it will be lent, where its template or its project says so.
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { lentForText } from "@homeport/domain/text/lease";
import { useProject } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";

export function NewLease({
  template,
  subject = "It is",
}: {
  template: Pick<TemplateDefinition, "lease"> | undefined;
  subject?: string;
}) {
  const { id: projectId } = useProject();
  const ofProject = trpc.leases.ofProject.useQuery({ projectId });
  const ofTemplate = template?.lease;
  const lease = ofTemplate ? { days: ofTemplate.days, graceDays: ofTemplate.graceDays ?? null } : ofProject.data;
  if (!lease) return null;
  return (
    <p className="text-table">
      {lentForText(subject, lease)} {ofTemplate ? "Its template says so" : "The project says so"}; it can be changed on
      the page of a container.
    </p>
  );
}
