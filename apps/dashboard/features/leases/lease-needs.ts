// Leases that somebody has to decide about: those that end soon, and those after which the container is destroyed.
import type { ContainerView } from "@homeport/api";
import { endsSoon } from "./soon";

type Lent = Pick<ContainerView, "id" | "hostname" | "lease">;

export function leaseNeeds(containers: readonly Lent[], nowMs: number) {
  return containers.flatMap(({ id, hostname, lease }) => {
    const what = lease === null || lease.exempt ? undefined : needOf(lease, nowMs);
    if (what === undefined) return [];
    return [{ id: `lease-${id}`, text: `${hostname}: ${what}`, action: "See it", href: `/containers/${id}` }];
  });
}

function needOf({ stage, endsAt, destroys }: NonNullable<Lent["lease"]>, nowMs: number): string | undefined {
  const at = new Date(endsAt);
  switch (stage) {
    case "lent":
      if (at.getTime() <= nowMs) return "its lease is over.";
      return endsSoon(at, nowMs) ? "its lease ends within three days." : undefined;
    case "ending":
      return "its lease is over.";
    case "ended":
      return destroys ? "its lease has ended, and it will be destroyed." : undefined;
    // Its run says the rest.
    case "destroying":
      return undefined;
  }
}
