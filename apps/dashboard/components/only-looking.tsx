// In the place of a form for those whose role in the project makes nothing.
import type { OrganizationRole } from "@homeport/db/types";
import { whyNotByRole } from "@homeport/domain/access/permission-text";
import { Button } from "@homeport/ui/button";
import { EmptyState } from "@homeport/ui/empty-state";
import { Link } from "./link";

export function OnlyLooking({ role }: { role: OrganizationRole }) {
  return (
    <EmptyState
      heading="h1"
      title="Nothing can be made here by you"
      actions={
        <Button asChild>
          <Link href="/project">Who can, and who gives roles</Link>
        </Button>
      }
    >
      {whyNotByRole(role)}
    </EmptyState>
  );
}
