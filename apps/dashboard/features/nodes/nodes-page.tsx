"use client";
// All nodes of the person, to scan: state, version, what is on them, when last seen.
import { nodeStateLabels } from "@homeport/domain/text/state-label";
import type { NodeView } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { Mono } from "@homeport/ui/mono";
import { PageHeader } from "@homeport/ui/page-header";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { StateBadge } from "@homeport/ui/state-badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { Plus, Server } from "lucide-react";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { NodeActions } from "./node-actions";
import { Unsaved } from "./unsaved";
import { useNodes } from "./use-nodes";

const columns = ["Name", "State", "Address", "Version", "Containers", "Last seen"];

export function NodesPage() {
  const nodes = useNodes();
  const add = (
    <Button asChild variant={nodes.data?.length === 0 ? "primary" : "secondary"}>
      <Link href="/nodes/new">
        <Plus aria-hidden />
        Add a node
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Nodes"
        description="The Proxmox VE machines that your containers run on."
        actions={nodes.data?.length !== 0 && add}
      />
      <StaleNote error={nodes.error} updatedAt={nodes.dataUpdatedAt} />
      {nodes.isPending && <NodesSkeleton />}
      {nodes.data === undefined && nodes.error && (
        <QueryError
          error={nodes.error}
          what="The nodes"
          onRetry={() => void nodes.refetch()}
          retrying={nodes.isFetching}
        />
      )}
      {nodes.data !== undefined && <Unsaved nodes={nodes.data} />}
      {nodes.data?.length === 0 && (
        <Card>
          <EmptyState
            icon={<Server />}
            title="No node yet"
            actions={
              <>
                {add}
                <Button asChild>
                  <Link href="/templates">Browse templates</Link>
                </Button>
              </>
            }
          >
            A node is a machine with Proxmox VE 8.4 or 9. Homeport needs its address and an API token, and SSH to
            install what templates bring.
          </EmptyState>
        </Card>
      )}
      {nodes.data !== undefined && nodes.data.length > 0 && (
        <Card flush>
          <Table>
            <TableHead>
              <TableRow>
                {columns.map((column) => (
                  <TableHeader key={column}>{column}</TableHeader>
                ))}
                <TableHeader>
                  <span className="sr-only">Actions</span>
                </TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {nodes.data.map((node) => (
                <NodeRow key={node.id} node={node} />
              ))}
            </TableBody>
          </Table>
        </Card>
      )}
    </>
  );
}

function NodeRow({ node }: { node: NodeView }) {
  return (
    <TableRow aria-label={node.name}>
      <TableCell>
        <span className="flex items-center gap-2">
          <Link href={`/nodes/${node.id}`} className="font-medium whitespace-nowrap hover:underline">
            {node.name}
          </Link>
          {node.isDefault && <Badge>default</Badge>}
        </span>
      </TableCell>
      <TableCell>
        <StateBadge state={node.probing ? { label: "Checking", tone: "busy" } : nodeStateLabels[node.state]} />
      </TableCell>
      <TableCell>
        <Mono className="whitespace-nowrap">
          {node.host}:{node.port}
        </Mono>
      </TableCell>
      <TableCell>{node.pveVersion ?? <span className="text-muted">unknown</span>}</TableCell>
      <TableCell>
        {node.containerCount === 0 ? (
          <span className="text-muted">0</span>
        ) : (
          <Link href={`/?node=${node.id}`} className="hover:underline">
            {node.containerCount}
          </Link>
        )}
      </TableCell>
      <TableCell>
        {node.lastSeenAt ? <RelativeTime at={node.lastSeenAt} /> : <span className="text-muted">never</span>}
      </TableCell>
      <TableCell className="w-10 text-right">
        <NodeActions node={node} />
      </TableCell>
    </TableRow>
  );
}

function NodesSkeleton() {
  return (
    <Card flush>
      <SkeletonGroup label="Loading the nodes">
        <div className="h-8 border-b" />
        {[0, 1].map((row) => (
          <div key={row} className="flex h-11 items-center gap-6 border-b px-4 last:border-0">
            <Skeleton className="h-4 w-28" />
            <Skeleton className="h-5 w-20" />
            <Skeleton className="h-4 w-40" />
          </div>
        ))}
      </SkeletonGroup>
    </Card>
  );
}
