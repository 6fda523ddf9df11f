"use client";
// One container: its name, state and actions above tabs that each have their own address.
import { whyNot } from "@homeport/domain/container/container-state";
import { whyNotLent } from "@homeport/domain/lease/why-not-lent";
import { type ContainerAction, runKinds } from "@homeport/domain/run/run-kinds";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { LinkTabs, linkTabStyle } from "@homeport/ui/link-tabs";
import { PageHeader } from "@homeport/ui/page-header";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Link } from "@/components/link";
import { usePagePath } from "@/lib/project/project-provider";
import { LeaseBanner } from "@/features/leases";
import { useRoleRefusal } from "@/lib/project/use-role";
import type { ReactNode } from "react";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { ActionDialog } from "../actions/action-dialog";
import { actionIcons } from "../actions/action-text";
import { ActiveRun } from "../actions/active-run";
import { ContainerMenu } from "../actions/container-menu";
import { ContainerStateBadge } from "../container-state-badge";
import { NodeBadge } from "../node-badge";
import { useAction } from "../actions/use-action";
import { useContainer } from "../list/use-containers";

const tabs = [
  { path: "", title: "Overview" },
  { path: "/services", title: "Services" },
  { path: "/events", title: "Events" },
  { path: "/runs", title: "Runs" },
  { path: "/settings", title: "Settings" },
] as const;

type Detail = NonNullable<ReturnType<typeof useContainer>["data"]>;

export function ContainerShell({ id, children }: { id: string; children: ReactNode }) {
  const query = useContainer(id);
  const path = usePagePath();
  const container = query.data;
  if (!container && query.error)
    return (
      <QueryError
        error={query.error}
        what="This container"
        onRetry={() => {
          void query.refetch();
        }}
        retrying={query.isFetching}
        back={{ href: "/", label: "All containers" }}
      />
    );
  return (
    <>
      <StaleNote error={query.error} updatedAt={query.dataUpdatedAt} />
      {container ? <Head container={container} /> : <HeadSkeleton />}
      <LinkTabs label="Container" className="mb-4">
        {tabs.map(({ path: tab, title }) => {
          const href = `/containers/${id}${tab}`;
          const active = path === href;
          return (
            <Link
              key={tab}
              href={href}
              scroll={false}
              aria-current={active ? "page" : undefined}
              className={linkTabStyle(active)}
            >
              {title}
            </Link>
          );
        })}
      </LinkTabs>
      {container ? children : <Skeleton className="h-64 rounded-md" />}
    </>
  );
}

/** The two that fit the state; all of them are in the menu. */
function mainActions(
  state: Detail["state"],
): { one: ContainerAction; variant: "primary" | "secondary" | "danger-ghost" }[] {
  if (state === "stopped") return [{ one: "start", variant: "primary" }];
  if (state === "running")
    return [
      { one: "reboot", variant: "secondary" },
      { one: "shutdown", variant: "secondary" },
    ];
  if (state === "failed") return [{ one: "destroy", variant: "danger-ghost" }];
  return [];
}

function Head({ container }: { container: Detail }) {
  const refusal = useRoleRefusal("container:write");
  const action = useAction(container);
  const { hostname, vmid, template, node, state, holder, activeRun } = container;
  return (
    <>
      <PageHeader
        className="mb-3"
        title={hostname}
        aside={<ContainerStateBadge container={container} />}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {vmid !== null && (
              <span>
                VMID <span className="font-mono text-table">{vmid}</span>
              </span>
            )}
            <NodeBadge node={node} />
            <span>
              {template.title}, revision {template.revision}
            </span>
          </span>
        }
        actions={
          state === "deleted" ? undefined : (
            <>
              {mainActions(state).map(({ one, variant }) => {
                const Icon = actionIcons[one];
                return (
                  <Button
                    key={one}
                    variant={variant}
                    pending={action.pending === one}
                    disabledReason={refusal ?? whyNot(one, state, node.state) ?? whyNotLent(one, container.lease)}
                    onClick={() => {
                      action.ask(one);
                    }}
                  >
                    <Icon aria-hidden />
                    {runKinds[one].text.title}
                  </Button>
                );
              })}
              <ContainerMenu container={container} />
            </>
          )
        }
      />
      {state === "replaced" && (
        <Banner
          tone="bad"
          className="mb-3"
          title={`VMID ${vmid ?? "?"} belongs to another guest now${holder === null ? "" : `: ${holder}`}.`}
          actions={
            <Button asChild>
              <Link href="/orphans">Settle it</Link>
            </Button>
          }
        >
          Nothing of that guest is shown or touched here. What Homeport made is not there any more.
        </Banner>
      )}
      <LeaseBanner container={container} />
      {activeRun && (
        <div className="mb-3 rounded-md border bg-surface px-4 py-3">
          <ActiveRun run={activeRun} />
        </div>
      )}
      <ActionDialog action={action} container={container} />
    </>
  );
}

function HeadSkeleton() {
  return (
    <SkeletonGroup label="Loading the container" className="mb-3 flex flex-col gap-2">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-5 w-72" />
    </SkeletonGroup>
  );
}
