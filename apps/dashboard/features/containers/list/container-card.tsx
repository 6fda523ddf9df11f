"use client";
// One container at a glance: is it up, where, from what, how busy, and what answers on it.
import type { ContainerView } from "@homeport/api";
import { CopyButton } from "@homeport/ui/copy-button";
import { Link } from "@/components/link";
import { ActiveRun } from "../actions/active-run";
import { ContainerMenu } from "../actions/container-menu";
import { ContainerStateBadge } from "../container-state-badge";
import { NodeBadge } from "../node-badge";
import { LeaseMarkText } from "@/features/leases";
import { ServiceLinks } from "@/components/service-links";
import { TemplateIcon } from "@/components/template-icon";
import { UsageBars } from "../page/usage-bars";

export function ContainerCard({ container }: { container: ContainerView }) {
  const { id, hostname, vmid, address, node, template, usage, activeRun, services, state, holder } = container;
  return (
    <article aria-label={hostname} className="flex h-full min-w-0 flex-col gap-3 rounded-md border bg-surface p-3">
      <header className="flex items-start gap-2">
        <TemplateIcon name={template.icon} className="mt-0.5 size-4 shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <h3 className="flex items-baseline gap-2">
            <Link href={`/containers/${id}`} className="truncate font-medium hover:underline">
              {hostname}
            </Link>
            {vmid !== null && (
              <span className="font-mono text-meta text-muted" title={`VMID ${vmid}`}>
                {vmid}
              </span>
            )}
          </h3>
          <p className="truncate text-meta text-muted">
            {template.title} · revision {template.revision}
          </p>
        </div>
        <ContainerMenu container={container} />
      </header>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ContainerStateBadge container={container} />
        <NodeBadge node={node} />
        <LeaseMarkText lease={container.lease} />
      </div>
      <div className="mt-auto flex flex-col gap-3">
        {activeRun ? <ActiveRun run={activeRun} /> : usage && <UsageBars usage={usage} dim={state !== "running"} />}
        {state === "replaced" && (
          <p className="text-table text-muted">
            VMID {vmid} belongs to another guest now{holder === null ? "" : `: ${holder}`}.
          </p>
        )}
        {state === "failed" && (
          <p className="text-table text-muted">
            Its creation failed.{" "}
            <Link href={`/containers/${id}/runs`} className="text-accent underline underline-offset-2">
              See the run
            </Link>
          </p>
        )}
        {(address !== null || services.length > 0) && (
          <div className="flex min-h-7 flex-wrap items-center gap-x-3">
            {address && <Address address={address} />}
            <ServiceLinks services={services} />
          </div>
        )}
      </div>
    </article>
  );
}

export function Address({ address }: { address: string }) {
  return (
    <span className="inline-flex items-center gap-0.5 font-mono text-meta">
      {address}
      <CopyButton value={address} label={`Copy ${address}`} className="text-muted [&_svg]:size-3.5" />
    </span>
  );
}
