// What a person sees of a container: our row, what its node said last, and the operation under way.
import { isIP } from "node:net";
import type { Prisma } from "@homeport/db/client";
import { containerState, type ContainerState } from "@homeport/domain/container/container-state";
import { lanOf, type Lan } from "@homeport/domain/container/lan";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { readWaitingFor, type WaitingFor } from "@homeport/domain/run/waiting";
import { leaseMark, toLeaseMark, type LeaseMark } from "../leases/view";
import { currentStep, type StepPosition } from "../runs/view";
import { isExempt } from "@homeport/records/lease-rows";
import { guestOwner, observedOf, type ContainerUsage, type Guest } from "@homeport/records/guests";

export const containerView = {
  ...guestOwner,
  hostname: true,
  address: true,
  spec: true,
  lifecycle: true,
  projectId: true,
  templateRevisionId: true,
  createdAt: true,
  node: { select: { id: true, name: true, state: true } },
  lease: { select: leaseMark },
  services: {
    select: { id: true, name: true, kind: true, port: true, path: true, credentials: true },
    orderBy: { name: "asc" },
  },
  runs: {
    where: { state: { in: [...ActiveRunStates] } },
    select: {
      id: true,
      kind: true,
      state: true,
      waitingFor: true,
      steps: { select: { title: true, position: true, state: true }, orderBy: { position: "asc" } },
    },
    take: 1,
  },
} as const satisfies Prisma.ContainerSelect;
type ActiveRun = ContainerRow["runs"][number];
export type ContainerRow = Prisma.ContainerGetPayload<{ select: typeof containerView }>;

export type ServiceView = Pick<ContainerRow["services"][number], "name" | "kind" | "port" | "path"> & {
  /** Where a browser finds it; null for what browsers do not speak, and while the address is unknown. */
  url: string | null;
};

export type ContainerView = Pick<
  ContainerRow,
  "id" | "hostname" | "vmid" | "address" | "node" | "lifecycle" | "createdAt"
> & {
  state: ContainerState;
  /** Null: it is not lent. */
  lease: LeaseMark | null;
  /** Who has its VMID now, in words, when that is another guest. */
  holder: string | null;
  /** Where its addresses count; null when its spec cannot be read. */
  lan: Lan | null;
  template: TemplateName;
  usage: ContainerUsage | null;
  /** When its node last said something about it. */
  seenAt: Date | null;
  services: ServiceView[];
  activeRun:
    | (Pick<ActiveRun, "id" | "kind" | "state"> & { waitingFor: WaitingFor | null; step: StepPosition | null })
    | null;
};

export interface TemplateName {
  name: string;
  title: string;
  icon: string;
  revision: number;
}

export function toContainerView(
  row: ContainerRow,
  seen: { guest: Guest | undefined; template: TemplateName; now: Date },
): ContainerView {
  const { id, hostname, vmid, node, lifecycle, createdAt } = row;
  const { guest, template, now } = seen;
  const [active] = row.runs;
  const state = containerState({ lifecycle, activeRun: active ?? null, ...observedOf(guest, now) });
  // The address was our guest's; who answers there now is not known.
  const address = guest?.replaced === true ? null : ipAddress(row.address);
  return {
    id,
    hostname,
    vmid,
    state,
    lease: row.lease && toLeaseMark(row.lease, isExempt(row.spec, guest)),
    holder: guest?.replaced === true ? guest.holder : null,
    address,
    lan: lanOf(row.spec, address),
    node,
    template,
    lifecycle,
    usage: guest === undefined || guest.replaced ? null : guest.usage,
    seenAt: guest?.seenAt ?? null,
    services: row.services.map((service) => toServiceView(service, address)),
    activeRun: active
      ? {
          id: active.id,
          kind: active.kind,
          state: active.state,
          waitingFor: readWaitingFor(active.waitingFor),
          step: currentStep(active.steps),
        }
      : null,
    createdAt,
  };
}

export function toServiceView(
  { name, kind, port, path }: Omit<ServiceView, "url">,
  address: string | null,
): ServiceView {
  const known = ipAddress(address);
  const host = known?.includes(":") ? `[${known}]` : known;
  const browsable = (kind === "http" || kind === "https") && host !== null && port !== null;
  const url = browsable ? `${kind}://${host}:${port}${path?.startsWith("/") ? path : `/${path ?? ""}`}` : null;
  return { name, kind, port, path, url: url !== null && URL.canParse(url) ? url : null };
}

/** Whatever an earlier version stored: only an IP address is shown and becomes a part of a link. */
function ipAddress(stored: string | null): string | null {
  return stored === null || isIP(stored) === 0 || stored.includes("%") ? null : stored;
}
