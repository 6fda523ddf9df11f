"use client";
// Whether members need a second factor to see anything of an organization: set by its owners.
import type { OrganizationView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";

export function RequiredFactorCard({
  organization: { id, name, role, requiresSecondFactor },
}: {
  organization: OrganizationView;
}) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const [asks, setAsks] = useState(false);
  const mayRequire = may(role, "ownership:write");
  const members = trpc.organizations.members.useQuery({ id }, { enabled: mayRequire });
  const without = members.data?.filter(({ secondFactor }) => secondFactor === false).length;
  const set = trpc.organizations.requireSecondFactor.useMutation({
    onSuccess: ({ required }) => {
      setAsks(false);
      toast.success(
        required ? `${name} requires two-factor sign-in now.` : `${name} requires no two-factor sign-in any more.`,
      );
      void utils.organizations.invalidate();
      router.refresh();
    },
  });
  return (
    <Card
      title="Two-factor sign-in"
      hint={
        mayRequire
          ? "Whoever has none sees nothing of the organization and its projects."
          : "An owner can require it of all members."
      }
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-52">
          {requiresSecondFactor ? <Badge tone="accent">required</Badge> : "Not required."}
          {without !== undefined && without > 0 && (
            <span className="ml-2 text-meta text-muted">
              {without === 1 ? "1 member has none." : `${without} members have none.`}
            </span>
          )}
        </p>
        {mayRequire && (
          <Button
            onClick={() => {
              set.reset();
              setAsks(true);
            }}
          >
            {requiresSecondFactor ? "Require it no more" : "Require it"}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        danger={!requiresSecondFactor}
        title={requiresSecondFactor ? `Require it no more in ${name}?` : `Require two-factor sign-in in ${name}?`}
        goes={
          requiresSecondFactor
            ? ["The demand: a password alone shows the organization and its projects."]
            : [
                `Sight of ${name} and its projects, at once, for ${whom(without)}, until they set an app or a passkey up under Account.`,
                "API tokens that were made before their owner's two-factor sign-in, yours too: new ones are let in.",
              ]
        }
        stays={["Containers, runs that are under way, roles, and nodes."]}
        confirmLabel={requiresSecondFactor ? "Require it no more" : "Require it"}
        pending={set.isPending}
        error={
          set.error === null ? undefined : `${outcomeTitle(set.error, "Nothing was changed.")} ${set.error.message}`
        }
        onConfirm={() => {
          set.mutate({ id, required: !requiresSecondFactor });
        }}
      />
    </Card>
  );
}

function whom(without: number | undefined): string {
  if (without === undefined || without === 0) return "members without it";
  return without === 1 ? "1 member without it" : `${without} members without it`;
}
