// A draft that was on the page a moment ago and is no longer there: what may have become of it, and where to go on.
import type { NodeView } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { ErrorState } from "@homeport/ui/error-state";
import { Link } from "@/components/link";

export function DraftGone({ draft: { name, replacesId } }: { draft: NodeView }) {
  if (replacesId === null) {
    return (
      <ErrorState
        title={`${name} was not saved, and is gone.`}
        actions={
          <Button asChild variant="primary">
            <Link href="/nodes/new">Add a node</Link>
          </Button>
        }
      >
        It was discarded in another tab, or not saved in its half hour.
      </ErrorState>
    );
  }
  return (
    <ErrorState
      title={`This change of ${name} is no longer open.`}
      actions={
        <Button asChild variant="primary">
          <Link href={`/nodes/${replacesId}`}>Open the node</Link>
        </Button>
      }
    >
      It was saved or discarded in another tab, another change took its place, the node was deleted, or nobody saved it
      in its half hour.
    </ErrorState>
  );
}
