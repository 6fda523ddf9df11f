"use client";
// Leaving an organization.
import type { OrganizationView } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { trpc } from "@/lib/trpc";

export function LeaveCard({ organization: { id, name } }: { organization: OrganizationView }) {
  const router = useRouter();
  const [asks, setAsks] = useState(false);
  const leave = trpc.organizations.leave.useMutation({
    onSuccess: () => {
      toast.success(`You have left ${name}.`);
      router.push("/organizations");
      // The projects beside it are of before.
      router.refresh();
    },
  });
  return (
    <Card title="Leave">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-60 text-muted">
          You lose your roles in the organization and in its projects.
        </p>
        <Button
          variant="danger-ghost"
          className="max-w-full"
          onClick={() => {
            leave.reset();
            setAsks(true);
          }}
        >
          <span className="truncate">Leave {name}</span>
        </Button>
      </div>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Leave ${name}?`}
        goes={[
          "Your roles in the organization and in all its projects, at once.",
          "The use of your own nodes there, and your invitations that nobody has accepted.",
        ]}
        stays={[
          "Containers, runs and batches that you made there: its other members go on with them.",
          "Your own nodes, with the containers that are on them.",
        ]}
        confirmLabel={`Leave ${name}`}
        pending={leave.isPending}
        error={leave.error?.message}
        onConfirm={() => {
          leave.mutate({ id });
        }}
      />
    </Card>
  );
}
