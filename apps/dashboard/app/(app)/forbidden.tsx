// 403, with the shell still around it.
import { Button } from "@homeport/ui/button";
import { EmptyState } from "@homeport/ui/empty-state";
import { Lock } from "lucide-react";
import Link from "next/link";

export default function Forbidden() {
  return (
    <EmptyState
      heading="h1"
      icon={<Lock />}
      title="Your role does not allow this"
      actions={
        <Button asChild variant="primary">
          <Link href="/">Containers</Link>
        </Button>
      }
    >
      An owner of the project can change your role. Nothing was changed.
    </EmptyState>
  );
}
