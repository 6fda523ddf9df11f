"use client";
// Until when a container is lent, and what happens then.
import type { ContainerDetail } from "@homeport/api";
import { afterText, hoursText } from "@homeport/domain/text/lease";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { RelativeTime } from "@homeport/ui/relative-time";
import { toast } from "@homeport/ui/toast";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Moment } from "./moment";
import { trpc } from "@/lib/trpc";
import { useExtend, useLeaseOutcome } from "./use-extend";
import { useLeaseRefusal } from "./use-refusal";

const SetLeaseDialog = dynamic(async () => (await import("./set-lease-dialog")).SetLeaseDialog, { ssr: false });

export function LeaseCard({
  container: { id, hostname, lease, activeRun },
}: {
  container: Pick<ContainerDetail, "id" | "hostname" | "lease" | "activeRun">;
}) {
  const refusal = useLeaseRefusal(activeRun);
  const [sets, setSets] = useState(false);
  const { isPending, extend } = useExtend(id);
  const remove = trpc.leases.remove.useMutation({
    ...useLeaseOutcome(id),
    onSuccess: () => {
      toast.success("It is not lent any more: it stays until somebody deletes it.");
    },
  });
  const change = (
    <Button
      disabledReason={refusal}
      onClick={() => {
        setSets(true);
      }}
    >
      {lease === null ? "Lend it until a date" : "Change"}
    </Button>
  );
  return (
    <Card title="Lease">
      {lease === null ? (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 flex-1 basis-60 text-muted">It is not lent: it stays until somebody deletes it.</p>
          {change}
        </div>
      ) : (
        <>
          <Terms lease={lease} />
          <div className="mt-4 flex flex-wrap gap-2">
            <Button pending={isPending} disabledReason={refusal} onClick={extend}>
              Extend by {hoursText(lease.hours)}
            </Button>
            {change}
            <Button
              variant="ghost"
              pending={remove.isPending}
              disabledReason={refusal}
              onClick={() => {
                remove.mutate({ id });
              }}
            >
              Take the lease away
            </Button>
          </div>
        </>
      )}
      {sets && (
        <SetLeaseDialog
          id={id}
          hostname={hostname}
          lease={lease}
          onClose={() => {
            setSets(false);
          }}
        />
      )}
    </Card>
  );
}

function Terms({ lease }: { lease: NonNullable<ContainerDetail["lease"]> }) {
  const { stage, endsAt, endedAt, graceHours, destroyedAt, setBy, exempt } = lease;
  return (
    <>
      <DefinitionList
        items={[
          {
            term: stage === "lent" ? "Lent until" : "Ended",
            value: (
              <>
                <Moment at={endedAt ?? endsAt} />, <RelativeTime at={endedAt ?? endsAt} />
              </>
            ),
          },
          ...(stage === "ended" && destroyedAt !== null
            ? [{ term: "Destroyed", value: <Moment at={destroyedAt} /> }]
            : []),
          { term: "Set by", value: setBy.name },
        ]}
      />
      {stage === "lent" && <p className="mt-3 text-meta text-muted">{afterText(graceHours)}</p>}
      {exempt && <p className="mt-3 text-meta text-muted">It carries the tag keep: its lease does not touch it.</p>}
    </>
  );
}
