"use client";
// One node: is it well, what works, what is on it, how Homeport reaches it.
import { nodeReasonText } from "@homeport/domain/text/node-reason";
import { nodeStateLabels } from "@homeport/domain/text/state-label";
import type { NodeView } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { Mono } from "@homeport/ui/mono";
import { PageHeader } from "@homeport/ui/page-header";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { StateBadge } from "@homeport/ui/state-badge";
import { Plus } from "lucide-react";
import { Link } from "@/components/link";
import { useState } from "react";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { DraftBanner } from "./draft-banner";
import { DraftGone } from "./draft-gone";
import { Moments } from "./moments";
import { NodeActions } from "./node-actions";
import { NodeReport } from "./node-report";
import { NodeUsage } from "./node-usage";
import { SharesCard } from "./shares-card";
import { UnsavedChange } from "./unsaved";
import { useNode } from "./use-nodes";
import { needsConfirming } from "./why-not";

export function NodePage({ id }: { id: string }) {
  const node = useNode(id);
  // A draft that is saved or discarded here goes before the page does.
  const [leaving, setLeaving] = useState(false);
  if (node.data) {
    const isDraft = node.data.draftUntil !== null;
    if (isDraft && !leaving && node.error?.data?.appCode === "not_found") return <DraftGone draft={node.data} />;
    return (
      <>
        {!leaving && <StaleNote error={node.error} updatedAt={node.dataUpdatedAt} />}
        <Loaded node={node.data} onLeaving={setLeaving} />
      </>
    );
  }
  if (node.error)
    return (
      <QueryError
        error={node.error}
        what="This node"
        onRetry={() => void node.refetch()}
        retrying={node.isFetching}
        back={{ href: "/nodes", label: "All nodes" }}
      />
    );
  return (
    <SkeletonGroup className="grid gap-4">
      <Skeleton className="h-7 w-48" />
      <div className="grid gap-4 lg:grid-cols-[1fr_340px]">
        <Skeleton className="h-96" />
        <Skeleton className="h-64" />
      </div>
    </SkeletonGroup>
  );
}

function Loaded({ node, onLeaving }: { node: NodeView; onLeaving: (leaving: boolean) => void }) {
  const whyNoContainer = needsConfirming(node) ? "Its keys have to be confirmed first." : undefined;
  const isDraft = node.draftUntil !== null;
  return (
    <>
      <PageHeader
        title={node.name}
        aside={
          <>
            <StateBadge state={node.probing ? { label: "Checking", tone: "busy" } : nodeStateLabels[node.state]} />
            {node.isDefault && <Badge>default</Badge>}
            {isDraft && <Badge>not saved</Badge>}
          </>
        }
        actions={
          <>
            {isDraft && (
              <Button asChild>
                <Link href={`/nodes/${node.id}/edit`}>Edit</Link>
              </Button>
            )}
            {!isDraft && (
              <Button asChild disabledReason={whyNoContainer}>
                <Link href={`/new?node=${node.id}`}>
                  <Plus aria-hidden />
                  Create a container here
                </Link>
              </Button>
            )}
            {!isDraft && <NodeActions node={node} />}
          </>
        }
      />
      {isDraft && <Moments current="report" changing={node.replacesId !== null} />}
      {isDraft ? <DraftBanner node={node} onLeaving={onLeaving} /> : <UnsavedChange node={node} />}
      {needsConfirming(node) && (
        <Banner
          tone={node.state === "key_changed" ? "bad" : "wait"}
          className="mb-4"
          title={
            node.state === "key_changed"
              ? "It shows other keys than the ones you confirmed."
              : "Its keys are not confirmed yet."
          }
          actions={
            <Button asChild size="sm">
              <Link href={`/nodes/${node.id}/confirm`}>Compare its keys</Link>
            </Button>
          }
        >
          Nothing is sent to it until you have compared them.
        </Banner>
      )}
      {!needsConfirming(node) &&
        node.stateReason !== null &&
        node.state !== "online" &&
        !node.probing &&
        (!isDraft || node.report === null) && (
          <Banner tone="bad" className="mb-4" title={nodeReasonText(node.stateReason)} />
        )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <NodeReport node={node} />
        <div className="grid gap-4">
          {!isDraft && <NodeUsage node={node} />}
          {!isDraft && <SharesCard node={node} />}
          <Card title="Connection">
            <DefinitionList
              items={[
                {
                  term: "API",
                  value: (
                    <Mono>
                      {node.host}:{node.port}
                    </Mono>
                  ),
                },
                { term: "Token", value: <Mono>{node.tokenId}</Mono> },
                {
                  term: "SSH",
                  value: node.sshUser ? (
                    <Mono>
                      {node.sshUser}@{node.host}:{node.sshPort}
                    </Mono>
                  ) : (
                    "not set up"
                  ),
                },
                {
                  term: "Secrets",
                  value: (
                    <>
                      set <RelativeTime at={node.secretsSetAt} />
                    </>
                  ),
                },
                { term: "Version", value: node.pveVersion ?? "unknown" },
                { term: "Proxmox name", value: node.pveName ?? "unknown" },
                // Its figures say when they are from.
                ...(node.observation === null || isDraft
                  ? [{ term: "Last seen", value: node.lastSeenAt ? <RelativeTime at={node.lastSeenAt} /> : "never" }]
                  : []),
              ]}
            />
            <details className="mt-3">
              <summary className="text-table text-muted">Confirmed keys</summary>
              <p className="mt-2 text-meta text-muted">TLS</p>
              <Mono className="text-meta">{node.tlsFingerprint ?? "none"}</Mono>
              <p className="mt-2 text-meta text-muted">SSH</p>
              <Mono className="text-meta">{node.sshHostKey ?? "none"}</Mono>
            </details>
          </Card>
          <Card title="Limits">
            <DefinitionList
              items={[
                {
                  term: "Automatic VMIDs",
                  value:
                    node.vmidFrom === null || node.vmidTo === null ? (
                      "the next free one"
                    ) : (
                      <>
                        <Mono>{node.vmidFrom}</Mono> to <Mono>{node.vmidTo}</Mono>
                      </>
                    ),
                },
                { term: "Creates at once", value: `${node.createsAtOnce} on each storage` },
                { term: "Other tasks at once", value: String(node.tasksAtOnce) },
              ]}
            />
          </Card>
        </div>
      </div>
    </>
  );
}
