"use client";
// The person's containers: what needs them first, then counts that filter, search, and cards or rows.
import type { UsableNodeView } from "@homeport/api";
import { whyNotCreate } from "@homeport/domain/container/container-state";
import { EmptyState } from "@homeport/ui/empty-state";
import { Button } from "@homeport/ui/button";
import { useState } from "react";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { useProject } from "@/lib/project/project-provider";
import { useRoleRefusal } from "@/lib/project/use-role";
import { trpc } from "@/lib/trpc";
import { leaseNeeds } from "@/features/leases";
import { useOrphanCount } from "@/features/orphans";
import { useUrlQuery, writeUrl } from "../../../lib/hooks/url-query";
import { ContainersBar } from "./containers-bar";
import { ContainersGrid } from "./containers-grid";
import { ContainersSkeleton } from "./containers-skeleton";
import { filterContainers, readFilter } from "./filter-containers";
import { FirstContainer } from "./first-container";
import { needsMe } from "./needs-me";
import { NeedsMe } from "./needs-me-list";
import { NoNode } from "./no-node";
import { useContainers } from "./use-containers";
import { useLayout } from "./use-layout";

export function ContainersHome() {
  const query = useContainers();
  const project = useProject();
  const refusal = useRoleRefusal("container:write");
  const nodes = trpc.nodes.list.useQuery();
  const usable = trpc.nodes.usable.useQuery({ projectId: project.id }, { enabled: refusal === undefined });
  const utils = trpc.useUtils();
  trpc.nodes.watch.useSubscription(undefined, {
    onData: ({ seenOnly }) => {
      if (seenOnly) return;
      void utils.nodes.list.invalidate();
      void utils.nodes.usable.invalidate();
    },
  });
  const filter = readFilter(useUrlQuery());
  const [layout, setLayout] = useLayout();
  const orphans = useOrphanCount();
  const [openedAt] = useState(() => Date.now());

  if (query.error && !query.data)
    return (
      <QueryError
        error={query.error}
        what="The containers"
        onRetry={() => {
          void query.refetch();
        }}
        retrying={query.isFetching}
      />
    );
  if (!query.data) return <ContainersSkeleton />;
  const containers = query.data;
  const shown = filterContainers(containers, filter);
  const noNode = usable.data?.length === 0;
  const whyNone = refusal ?? (usable.data && whyNotOnAny(usable.data));
  return (
    <>
      <h1 className="sr-only">Containers</h1>
      <StaleNote error={query.error} updatedAt={query.dataUpdatedAt} />
      {noNode && <NoNode />}
      <NeedsMe needs={[...needsMe(containers, nodes.data ?? [], orphans), ...leaseNeeds(containers, openedAt)]} />
      {containers.length === 0 ? (
        <FirstContainer refusal={whyNone} />
      ) : (
        <>
          <ContainersBar containers={containers} filter={filter} layout={layout} onLayout={setLayout} />
          {shown.length === 0 ? (
            <EmptyState
              title="No container fits these filters"
              actions={
                <Button
                  onClick={() => {
                    writeUrl(window.location.pathname, "push");
                  }}
                >
                  Show all {containers.length}
                </Button>
              }
            />
          ) : (
            <ContainersGrid containers={shown} layout={layout} />
          )}
        </>
      )}
    </>
  );
}

function whyNotOnAny(nodes: readonly UsableNodeView[]): string | undefined {
  if (nodes.length === 0) return "Add a node first, or ask its owner to share one into this project.";
  if (nodes.some((node) => whyNotCreate(node) === undefined)) return undefined;
  return whyNotCreate(nodes.find(({ isDefault }) => isDefault) ?? { state: "needs_attention" });
}
