// Without a node nothing can be made: said first, with the way out.
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Link } from "@/components/link";

export function NoNode() {
  return (
    <Banner
      tone="wait"
      className="mb-3"
      title="No node yet"
      actions={
        <Button asChild variant="primary" size="sm">
          <Link href="/nodes/new">Add a node</Link>
        </Button>
      }
    >
      Containers are made on a Proxmox VE node of yours, or on one that its owner shares into this project. Templates
      can be browsed meanwhile.
    </Banner>
  );
}
