"use client";
// Nodes and changes that are not saved yet, for whoever closed the page in the middle.
import type { NodeDraft, NodeView } from "@homeport/api";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Mono } from "@homeport/ui/mono";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Link } from "@/components/link";
import { trpc } from "@/lib/trpc";

/** On the list of nodes: all of them; nothing when there is none. */
export function Unsaved({ nodes }: { nodes: readonly NodeView[] }) {
  const drafts = trpc.nodes.drafts.useQuery();
  if (drafts.data === undefined || drafts.data.length === 0) return null;
  return (
    <Card
      flush
      title="Not saved yet"
      hint="tested before they are saved, and deleted with their secrets unless they are"
      className="mb-4"
    >
      <ul>
        {drafts.data.map((draft) => (
          <Line key={draft.id} draft={draft} of={nodes.find(({ id }) => id === draft.replacesId)?.name} />
        ))}
      </ul>
    </Card>
  );
}

function Line({
  draft: { id, name, host, port, draftUntil, replacesId },
  of,
}: {
  draft: NodeDraft;
  of: string | undefined;
}) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2 last:border-0">
      <span className="min-w-0 flex-1 basis-48 break-words">
        <Link href={`/nodes/${id}`} className="font-medium hover:underline">
          {name}
        </Link>
        <span className="text-muted">
          , {replacesId === null ? "a new node at" : `a change of ${of ?? "a node"}, at`}{" "}
          <Mono>
            {host}:{port}
          </Mono>
          , deleted <RelativeTime at={draftUntil} />
        </span>
      </span>
      <Button asChild size="sm">
        <Link href={`/nodes/${id}`} aria-label={`Go on with ${name}`}>
          Go on
        </Link>
      </Button>
    </li>
  );
}

/** On a node's pages: that a change of it is not saved yet; `replaced`: saving this form takes its place. */
export function UnsavedChange({ node, replaced = false }: { node: NodeView; replaced?: boolean }) {
  const drafts = trpc.nodes.drafts.useQuery(undefined, { enabled: node.draftUntil === null });
  const draft = drafts.data?.find(({ replacesId }) => replacesId === node.id);
  if (draft === undefined || node.draftUntil !== null) return null;
  return (
    <Banner
      tone="wait"
      className="mb-4"
      title="A change of this node is not saved yet."
      actions={
        <Button asChild size="sm">
          <Link href={`/nodes/${draft.id}`}>Go on with it</Link>
        </Button>
      }
    >
      {replaced ? (
        "Another change of how it is reached takes its place."
      ) : (
        <>
          It is deleted <RelativeTime at={draft.draftUntil} />. Until it is saved, the node works as before.
        </>
      )}
    </Banner>
  );
}
