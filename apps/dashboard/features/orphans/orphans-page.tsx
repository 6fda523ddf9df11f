"use client";
// What rows, engine and nodes do not agree on: each with its evidence and what can be done; or that they agree, and since when that is known.
import type { OrphanList } from "@homeport/api";
import type { OrphanState } from "@homeport/db/types";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { LinkTabs, linkTabStyle } from "@homeport/ui/link-tabs";
import { PageHeader } from "@homeport/ui/page-header";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { toast } from "@homeport/ui/toast";
import { CircleCheck } from "lucide-react";
import { Link } from "@/components/link";
import { useSearchParams } from "next/navigation";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { trpc } from "@/lib/trpc";
import { OrphanCard } from "./orphan-card";
import { useOrphans } from "./use-orphans";

const tabs: readonly { state: OrphanState; title: string }[] = [
  { state: "open", title: "Open" },
  { state: "ignored", title: "Ignored" },
  { state: "resolved", title: "Settled" },
];

export function OrphansPage() {
  const asked = useSearchParams().get("state");
  const state = tabs.find((tab) => tab.state === asked)?.state ?? "open";
  const query = useOrphans(state);
  const scan = trpc.orphans.scan.useMutation({
    onSuccess: () => {
      toast("Checking; this takes a few seconds.");
    },
    onError: ({ message }) => {
      toast.error(message);
    },
  });
  const scanNow = (
    <Button
      pending={scan.isPending}
      onClick={() => {
        scan.mutate();
      }}
    >
      Check now
    </Button>
  );
  const { data } = query;
  return (
    <>
      <PageHeader
        title="Orphans"
        description="What Homeport’s records, its engine and your nodes do not agree on. Compared every minute; reported after being seen twice."
        actions={data !== undefined && (state !== "open" || data.items.length > 0) && scanNow}
      />
      <StaleNote error={query.error} updatedAt={query.dataUpdatedAt} />
      <LinkTabs label="Orphans by state" className="mb-4">
        {tabs.map((tab) => (
          <Link
            key={tab.state}
            href={tab.state === "open" ? "/orphans" : `/orphans?state=${tab.state}`}
            className={linkTabStyle(tab.state === state)}
            {...(tab.state === state ? { "aria-current": "page" as const } : {})}
          >
            {tab.title}
            {data && data.counts[tab.state] > 0 && (
              <span className="text-meta text-muted">{data.counts[tab.state]}</span>
            )}
          </Link>
        ))}
      </LinkTabs>
      {data === undefined && query.error && (
        <QueryError
          error={query.error}
          what="The orphans"
          onRetry={() => {
            void query.refetch();
          }}
          retrying={query.isFetching}
        />
      )}
      {data === undefined && !query.error && (
        <SkeletonGroup label="Loading orphans">
          <Skeleton className="h-28" />
        </SkeletonGroup>
      )}
      {data && <Unseen unseen={data.unseen} />}
      {data?.items.length === 0 && (
        <Card>
          <Nothing state={state} scannedAt={data.scannedAt} scanNow={scanNow} />
        </Card>
      )}
      {data && data.items.length > 0 && (
        <ul className="grid gap-3">
          {data.items.map((orphan) => (
            <li key={orphan.id} className="min-w-0">
              <OrphanCard orphan={orphan} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Unseen({ unseen }: { unseen: OrphanList["unseen"] }) {
  if (unseen.length === 0) return null;
  return (
    <Banner tone="wait" className="mb-4" title={`Nothing is known of ${unseen.map(({ name }) => name).join(", ")}.`}>
      Nothing is concluded from a node that does not answer or is not confirmed.
    </Banner>
  );
}

function Nothing({
  state,
  scannedAt,
  scanNow,
}: {
  state: OrphanState;
  scannedAt: Date | null;
  scanNow: React.ReactNode;
}) {
  if (state === "ignored") return <EmptyState title="Nothing is ignored" />;
  if (state === "resolved") return <EmptyState title="Nothing was settled yet" />;
  if (scannedAt === null)
    return (
      <EmptyState title="Not compared yet" actions={scanNow}>
        Homeport compares as soon as its engine runs and a node answers.
      </EmptyState>
    );
  return (
    <EmptyState icon={<CircleCheck />} title="No mismatches found" actions={scanNow}>
      Checked <RelativeTime at={scannedAt} />.
    </EmptyState>
  );
}
