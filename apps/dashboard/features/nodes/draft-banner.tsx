"use client";
// A node, or a change of one, that is not saved yet: what its test found, and the two ways on.
import type { NodeView } from "@homeport/api";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { RelativeTime } from "@homeport/ui/relative-time";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { trpc } from "@/lib/trpc";
import { needsConfirming, whyNotSave } from "./why-not";

interface DraftBannerProps {
  node: NodeView;
  /** It is saved or discarded from here: that it is gone is no news. */
  onLeaving: (leaving: boolean) => void;
}

export function DraftBanner({ node, onLeaving }: DraftBannerProps) {
  const { id, replacesId } = node;
  const router = useRouter();
  const utils = trpc.useUtils();
  const leaving = {
    onMutate: () => {
      onLeaving(true);
    },
    // Another tab may have saved or discarded it.
    onError: () => {
      onLeaving(false);
      void utils.nodes.get.invalidate({ id });
    },
  };
  const save = trpc.nodes.save.useMutation({
    ...leaving,
    onSuccess: (saved) => {
      toast.success(`${node.name} is saved.`);
      void utils.nodes.invalidate();
      if (saved.id === id) onLeaving(false);
      else router.replace(`/nodes/${saved.id}`);
    },
  });
  const discard = trpc.nodes.destroy.useMutation({
    ...leaving,
    onSuccess: () => {
      toast.success(replacesId === null ? "The node was not saved." : "The change was not saved.");
      router.replace(replacesId === null ? "/nodes" : `/nodes/${replacesId}`);
      void utils.nodes.drafts.invalidate();
    },
  });
  const problem = save.error?.message ?? discard.error?.message;
  const discarding = discard.isPending || discard.isSuccess ? "It is being discarded." : undefined;
  const busy = save.isPending || save.isSuccess ? "It is being saved." : discarding;
  return (
    <Banner
      tone={problem !== undefined || (!node.probing && !needsConfirming(node) && hasFailed(node)) ? "bad" : "wait"}
      className="mb-4"
      title={replacesId === null ? "This node is not saved yet." : "This change is not saved yet."}
      actions={
        <>
          <Button
            size="sm"
            disabledReason={busy}
            pending={discard.isPending || discard.isSuccess}
            onClick={() => {
              discard.mutate({ id });
            }}
          >
            Discard
          </Button>
          <Button
            size="sm"
            variant="primary"
            disabledReason={busy ?? whyNotSave(node)}
            pending={save.isPending || (save.isSuccess && replacesId !== null)}
            onClick={() => {
              save.mutate({ id });
            }}
          >
            {replacesId === null ? "Save node" : "Save change"}
          </Button>
        </>
      }
    >
      {problem ?? (
        <>
          {found(node)} {replacesId !== null && "Until you save it, the node works as before. "}
          Unsaved, it is deleted with its secrets
          {node.draftUntil !== null && (
            <>
              {" "}
              <RelativeTime at={node.draftUntil} />
            </>
          )}
          .
        </>
      )}
    </Banner>
  );
}

const failures = ({ report }: NodeView): string[] =>
  (report?.lines ?? []).filter(({ state }) => state === "failed").map(({ label }) => label);
const hasFailed = (node: NodeView): boolean =>
  node.report === null ? node.probedAt !== null : failures(node).length > 0;

function found(node: NodeView): string {
  if (needsConfirming(node)) return "It is tested once you have confirmed its keys.";
  if (node.probing) return "Its connection is being tested.";
  if (node.report === null)
    return node.probedAt === null
      ? "Its connection was not tested yet."
      : "Its test found no way in: edit it, or check it again.";
  const failed = failures(node);
  if (failed.length === 0) return "Its test found no fault.";
  return `Failed in its test: ${failed.join(", ")}. ${whyNotSave(node) === undefined ? "You can save it all the same." : "Edit it, or check it again, to be able to save it."}`;
}
