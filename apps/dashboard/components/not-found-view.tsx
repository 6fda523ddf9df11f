// 404 in words, with ways back.
import { Button } from "@homeport/ui/button";
import { EmptyState } from "@homeport/ui/empty-state";
import { MapPinOff } from "lucide-react";
import Link from "next/link";

export function NotFoundView() {
  return (
    <EmptyState
      heading="h1"
      icon={<MapPinOff />}
      title="Nothing is here"
      actions={
        <>
          <Button asChild variant="primary">
            <Link href="/">Containers</Link>
          </Button>
          <Button asChild>
            <Link href="/templates">Templates</Link>
          </Button>
        </>
      }
    >
      The address is wrong, what it named was deleted, or it belongs to somebody else.
    </EmptyState>
  );
}
