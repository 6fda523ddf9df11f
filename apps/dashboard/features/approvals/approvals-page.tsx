"use client";
// Requests for containers beyond a quota: those about which one can decide, and one's own.
import type { ApprovalView } from "@homeport/api";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { PageHeader } from "@homeport/ui/page-header";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ListStates } from "@/components/list-states";
import { ShowOlder } from "@/components/show-older";
import { StaleNote } from "@/components/stale-note";
import { trpc } from "@/lib/trpc";
import { ApprovalRow } from "./approval-row";

const RefuseDialog = dynamic(async () => (await import("./refuse-dialog")).RefuseDialog, { ssr: false });
const PAGE = 50;
const EVERY_MS = 15_000;

export function ApprovalsPage() {
  const open = useApprovals({ ended: false });
  const ended = useApprovals({ ended: true });
  const waiting = open.items?.filter(({ mayApprove }) => mayApprove).length;
  // Held here: a request that ends meanwhile goes to the other list, and what is being typed stays.
  const [refusing, setRefusing] = useState<ApprovalView>();
  const none = open.items?.length === 0 && ended.items?.length === 0;
  return (
    <>
      <PageHeader
        title="Approvals"
        description="Containers that are beyond a quota can be asked for: whoever could raise the quota decides. Approved, they are created at once."
      />
      <StaleNote error={open.pages.error ?? ended.pages.error} updatedAt={open.pages.dataUpdatedAt} />
      <p role="status" className="sr-only">
        {waiting === undefined ? "" : `${waiting} waiting for you`}
      </p>
      {none ? (
        <EmptyState title="No requests">
          When a container that you create is beyond a quota, its review offers to ask for it.
        </EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Requests title="Open" empty="None is open." of={open} onRefuse={setRefusing} />
          <Requests title="Ended" empty="None has ended." of={ended} onRefuse={setRefusing} />
        </div>
      )}
      {refusing !== undefined && (
        <RefuseDialog
          id={refusing.id}
          hostname={refusing.spec.hostname}
          onClose={() => {
            setRefusing(undefined);
          }}
        />
      )}
    </>
  );
}

function useApprovals({ ended }: { ended: boolean }) {
  const pages = trpc.approvals.list.useInfiniteQuery(
    { limit: PAGE, ended },
    { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, refetchInterval: EVERY_MS },
  );
  return { pages, items: pages.data?.pages.flatMap((page) => page.items) };
}

function Requests({
  title,
  empty,
  of: { pages, items },
  onRefuse,
}: {
  title: string;
  empty: string;
  of: ReturnType<typeof useApprovals>;
  onRefuse: (approval: ApprovalView) => void;
}) {
  return (
    <Card flush title={title}>
      <ListStates of={pages} what="The requests" loading="Loading the requests" rows={2} />
      {items?.length === 0 && <p className="p-4 text-muted">{empty}</p>}
      <ul>
        {items?.map((approval) => (
          <ApprovalRow
            key={approval.id}
            approval={approval}
            onRefuse={() => {
              onRefuse(approval);
            }}
          />
        ))}
      </ul>
      <ShowOlder of={pages} />
    </Card>
  );
}
