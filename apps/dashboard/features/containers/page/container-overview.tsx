"use client";
// Is it up, how do I reach it, what is on it, who made it from what?
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Link } from "@/components/link";
import { trpc } from "@/lib/trpc";
import { useNow } from "../../../lib/hooks/use-now";
import { formatDuration } from "../../../lib/format/duration";
import { LeaseCard } from "@/features/leases";
import { RunRows } from "@/features/runs";
import { Address } from "../list/container-card";
import { ContainerStateBadge } from "../container-state-badge";
import { ServiceLink } from "@/components/service-links";
import { UsageBars } from "./usage-bars";

const RECENT = 5;

export function ContainerOverview({ id }: { id: string }) {
  const { data: container } = trpc.containers.get.useQuery({ id });
  if (!container) return null;
  const { usage, uptimeS, state, address, services, template, createdBy, createdAt, seenAt, runs, marker, deletedAt } =
    container;
  const unlessDeleted = (text: string): string => (state === "deleted" ? "–" : text);
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Now">
        <DefinitionList
          items={[
            { term: "State", value: <ContainerStateBadge container={container} /> },
            ...(deletedAt ? [{ term: "Deleted", value: <RelativeTime at={deletedAt} /> }] : []),
            {
              term: "Up for",
              value: state === "running" && uptimeS !== null && seenAt ? <UpFor seconds={uptimeS} at={seenAt} /> : "–",
            },
            { term: "Last seen", value: seenAt ? <RelativeTime at={seenAt} /> : unlessDeleted("Not yet") },
          ]}
        />
        {usage && (
          <div className="mt-4 border-t pt-4">
            <UsageBars usage={usage} dim={state !== "running"} />
          </div>
        )}
      </Card>
      <Card title="Access">
        <DefinitionList
          items={[
            {
              term: "Address",
              value: address ? <Address address={address} /> : unlessDeleted("Not known yet"),
            },
            { term: "Hostname", value: <span className="font-mono text-meta">{container.hostname}</span> },
            ...services.map((service) => ({ term: service.kind, value: <ServiceLink service={service} /> })),
          ]}
        />
        {services.some(({ hasCredentials }) => hasCredentials) && (
          <p className="mt-3 text-table">
            <Link href={`/containers/${id}/services`} className="text-accent underline underline-offset-2">
              Credentials
            </Link>
          </p>
        )}
      </Card>
      {state !== "deleted" && <LeaseCard container={container} />}
      <Card title="Created">
        <DefinitionList
          items={[
            {
              term: "By",
              value: (
                <>
                  {createdBy.name}, <RelativeTime at={createdAt} />
                </>
              ),
            },
            {
              term: "From",
              value: (
                <>
                  <Link href={`/templates/${template.name}`} className="text-accent underline underline-offset-2">
                    {template.title}
                  </Link>
                  , revision {template.revision}
                </>
              ),
            },
            {
              term: "Ownership tag",
              value: (
                <span className="font-mono text-meta" title="The tag on the node by which Homeport knows it as its own">
                  {marker}
                </span>
              ),
            },
          ]}
        />
      </Card>
      <Card
        title="Last runs"
        flush
        actions={
          <Link href={`/containers/${id}/runs`} className="text-table text-accent underline underline-offset-2">
            All runs
          </Link>
        }
      >
        <RecentRuns runs={runs.slice(0, RECENT)} />
      </Card>
    </div>
  );
}

function RecentRuns({ runs }: { runs: Parameters<typeof RunRows>[0]["runs"] }) {
  return <RunRows compact runs={runs} empty={<p className="p-4 text-muted">No run yet.</p>} />;
}

/** Its node says it every few seconds; between that it goes on. */
function UpFor({ seconds, at }: { seconds: number; at: Date }) {
  const now = useNow();
  return <>{formatDuration(seconds * 1_000 + Math.max(0, (now ?? at).getTime() - at.getTime()))}</>;
}
