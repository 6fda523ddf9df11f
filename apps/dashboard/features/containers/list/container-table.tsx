"use client";
// The same containers as rows, for those who scan.
import type { ContainerView } from "@homeport/api";
import { Link } from "@/components/link";
import { ActiveRun } from "../actions/active-run";
import { Address } from "./container-card";
import { ContainerMenu } from "../actions/container-menu";
import { ContainerStateBadge } from "../container-state-badge";
import { NodeBadge } from "../node-badge";
import { LeaseMarkText } from "@/features/leases";
import { ServiceLinks } from "@/components/service-links";
import { measuresOf, ThinBar } from "../page/usage-bars";

/** Shared by the head and the rows, so that virtual rows line up. */
const COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_40px] items-center gap-x-3 px-3 md:grid-cols-[190px_minmax(120px,1.1fr)_100px_minmax(130px,1fr)_150px_minmax(120px,1fr)_40px]";

export function ContainerTableHead() {
  return (
    <div role="row" className={`${COLUMNS} h-8 border-b text-meta text-muted`}>
      <span role="columnheader" className="max-md:hidden">
        State
      </span>
      <span role="columnheader">Container</span>
      <span role="columnheader" className="max-md:hidden">
        Node
      </span>
      <span role="columnheader" className="max-md:hidden">
        Address
      </span>
      <span role="columnheader" className="max-md:hidden">
        CPU, memory, disk
      </span>
      <span role="columnheader" className="max-md:hidden">
        Services
      </span>
      <span role="columnheader">
        <span className="sr-only">Actions</span>
      </span>
    </div>
  );
}

export function ContainerRow({ container }: { container: ContainerView }) {
  const { id, hostname, vmid, address, node, template, usage, activeRun, services } = container;
  return (
    <div role="row" aria-label={hostname} className={`${COLUMNS} h-full border-b text-table hover:bg-hover`}>
      <span role="cell" className="flex items-center max-md:hidden">
        <ContainerStateBadge container={container} />
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-2">
        <span className="md:hidden">
          <ContainerStateBadge container={container} />
        </span>
        <Link href={`/containers/${id}`} className="truncate font-medium hover:underline">
          {hostname}
        </Link>
        <span className="font-mono text-meta text-muted">{vmid}</span>
        <span className="truncate text-meta text-muted max-lg:hidden">{template.title}</span>
        <LeaseMarkText lease={container.lease} />
      </span>
      <span role="cell" className="flex min-w-0 items-center max-md:hidden">
        <NodeBadge compact node={node} />
      </span>
      <span role="cell" className="min-w-0 max-md:hidden">
        {activeRun ? <ActiveRun run={activeRun} /> : address && <Address address={address} />}
      </span>
      <span role="cell" className="grid grid-cols-3 gap-2 max-md:hidden">
        {usage &&
          measuresOf(usage).map(({ name, fraction, text }) => (
            <span key={name} title={`${name}: ${text}`}>
              <span className="sr-only">
                {name}: {text}
              </span>
              <ThinBar fraction={fraction} className="mt-0" />
            </span>
          ))}
      </span>
      <span role="cell" className="max-h-5 overflow-hidden max-md:hidden">
        <ServiceLinks services={services} />
      </span>
      <span role="cell" className="justify-self-end">
        <ContainerMenu container={container} />
      </span>
    </div>
  );
}
