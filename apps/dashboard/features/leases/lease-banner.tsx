"use client";
// Above a container whose lease ends soon, or has ended: what happens when, and the one click that keeps it.
import type { ContainerDetail } from "@homeport/api";
import { afterText, hoursText } from "@homeport/domain/text/lease";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { RelativeTime } from "@homeport/ui/relative-time";
import { useState } from "react";
import { Link } from "@/components/link";
import { Moment } from "./moment";
import { endsSoon } from "./soon";
import { useExtend } from "./use-extend";
import { isBeingDestroyed, useLeaseRefusal } from "./use-refusal";

type Lease = NonNullable<ContainerDetail["lease"]>;
type Lent = Pick<ContainerDetail, "id" | "state" | "activeRun"> & { lease: Lease };

export function LeaseBanner({
  container,
}: {
  container: Pick<ContainerDetail, "id" | "state" | "activeRun" | "lease">;
}) {
  const [openedAt] = useState(() => Date.now());
  const { lease } = container;
  if (lease === null || (lease.stage === "lent" && !endsSoon(lease.endsAt, openedAt))) return null;
  return <Shown container={{ ...container, lease }} openedAt={openedAt} />;
}

function Shown({ container: { id, state, lease, activeRun }, openedAt }: { container: Lent; openedAt: number }) {
  const { isPending, extend } = useExtend(id);
  const refusal = useLeaseRefusal(activeRun);
  const button = (
    <Button variant="primary" pending={isPending} disabledReason={refusal} onClick={extend}>
      Extend by {hoursText(lease.hours)}
    </Button>
  );
  const common = { className: "mb-3" };
  if (lease.exempt)
    return (
      <Banner {...common} title="Its lease ends soon or is over, and does nothing: it carries the tag keep.">
        As long as it carries the tag it is neither shut down nor destroyed by its lease. Without it, the lease goes on,
        and a grace period begins anew.
      </Banner>
    );
  if (activeRun !== null && isBeingDestroyed(activeRun))
    return (
      <Banner
        {...common}
        tone="bad"
        title={lease.stage === "destroying" ? "Its lease has ended: it is being destroyed." : "It is being destroyed."}
        actions={
          <Button asChild>
            <Link href={`/runs/${activeRun.id}`}>Open the run</Link>
          </Button>
        }
      >
        To keep it, cancel that run, then extend the lease.
      </Banner>
    );
  switch (lease.stage) {
    case "lent":
      return lease.endsAt.getTime() > openedAt ? (
        <Banner
          {...common}
          tone="wait"
          title={
            <>
              Its lease ends <RelativeTime at={lease.endsAt} />, on <Moment at={lease.endsAt} />.
            </>
          }
          actions={button}
        >
          {afterText(lease.graceHours)}
        </Banner>
      ) : (
        <Banner {...common} tone="bad" title="Its lease is over." actions={button}>
          It is shut down as soon as its node says how it stands, and nothing else is under way on it.
        </Banner>
      );
    case "ending":
      return activeRun?.id === lease.runId || state === "stopped" ? (
        <Banner {...common} tone="bad" title="Its lease has ended: it is shut down." actions={button}>
          {lease.graceHours === null
            ? "It is not destroyed. It can be started again once its lease is extended."
            : `It is destroyed with its disks ${hoursText(lease.graceHours)} after that, unless its lease is extended.`}
        </Banner>
      ) : (
        <Banner {...common} tone="bad" title="Its lease has ended, and it was not shut down." actions={button}>
          The run that was to shut it down did not. The lease goes on once it is shut down: do that, or extend the
          lease.
        </Banner>
      );
    case "ended":
      return (
        <Banner {...common} tone="bad" title="Its lease has ended." actions={button}>
          {lease.destroyedAt === null ? (
            "It is not destroyed. It can be started again once its lease is extended."
          ) : (
            <>
              It is destroyed with its disks on <Moment at={lease.destroyedAt} />, unless its lease is extended. It can
              be started again then.
            </>
          )}
        </Banner>
      );
    case "destroying":
      return (
        <Banner {...common} tone="wait" title="Its lease has ended, and was to destroy it." actions={button}>
          The run that was to destroy it did not. The lease does nothing more by itself: extend it, or delete the
          container.
        </Banner>
      );
  }
}
