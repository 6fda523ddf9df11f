"use client";
// Of a container in a list: until when it is lent, where that is soon, or that it was.
import type { ContainerView } from "@homeport/api";
import { RelativeTime } from "@homeport/ui/relative-time";
import { useState } from "react";
import { endsSoon } from "./soon";

export function LeaseMarkText({ lease }: { lease: ContainerView["lease"] }) {
  const [openedAt] = useState(() => Date.now());
  if (lease === null || lease.exempt) return null;
  if (lease.stage !== "lent") return <span className="text-meta text-bad">Lease ended</span>;
  const endsAt = new Date(lease.endsAt);
  if (!endsSoon(endsAt, openedAt)) return null;
  return (
    <span className="text-meta whitespace-nowrap text-wait">
      Lease ends <RelativeTime at={endsAt} />
    </span>
  );
}
