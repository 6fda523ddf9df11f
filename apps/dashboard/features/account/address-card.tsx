"use client";
// The e-mail address of one's account: whether it was confirmed, a link to it, and another one in its place.
import { Badge } from "@homeport/ui/badge";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { RelativeTime } from "@homeport/ui/relative-time";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { ListStates } from "@/components/list-states";
import { StaleNote } from "@/components/stale-note";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";
import { ChangeAddressDialog } from "./change-address-dialog";
import { whereMailIs } from "./where-mail-is";

export function AddressCard() {
  const utils = trpc.useUtils();
  const address = trpc.address.show.useQuery();
  const [changing, setChanging] = useState(false);
  const settle = (refused: string) => ({
    onSettled: () => void utils.address.show.invalidate(),
    onError: (error: ApiError) => {
      toast.error(outcomeTitle(error, refused), { description: error.message });
    },
  });
  const sendLink = trpc.address.sendLink.useMutation({
    ...settle("No link was sent."),
    onSuccess: () => {
      toast.success("A new link is under way. Those before it lead nowhere now.");
    },
  });
  const cancel = trpc.address.cancelChange.useMutation(settle("The link still counts."));
  return (
    <Card title="E-mail address" hint="You sign in with it, and mails go there.">
      <StaleNote error={address.error} updatedAt={address.dataUpdatedAt} />
      <ListStates of={address} what="The address" loading="Loading the address" rows={1} />
      {address.data && (
        <div className="grid gap-4">
          <p className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 break-all">{address.data.email}</span>
            {address.data.confirmedAt === null ? (
              <Badge tone="wait">not confirmed</Badge>
            ) : (
              <span className="text-meta text-muted">
                confirmed <RelativeTime at={address.data.confirmedAt} />
              </span>
            )}
          </p>
          {address.data.pending && (
            <Pending
              address={address.data}
              pending={address.data.pending}
              cancelling={cancel.isPending}
              onCancel={() => {
                cancel.mutate();
              }}
            />
          )}
          <div className="flex flex-wrap gap-2">
            {address.data.confirmedAt === null && (
              <Button
                pending={sendLink.isPending}
                disabledReason={
                  address.data.pending !== null && address.data.pending.email !== address.data.email
                    ? "A link to another address is under way: a new one would end it."
                    : undefined
                }
                onClick={() => {
                  sendLink.mutate();
                }}
              >
                {address.data.pending?.email === address.data.email
                  ? "Send the link again"
                  : "Send a link to confirm it"}
              </Button>
            )}
            <Button
              onClick={() => {
                setChanging(true);
              }}
            >
              Change address
            </Button>
          </div>
        </div>
      )}
      {changing && address.data && (
        <ChangeAddressDialog
          mailServer={address.data.mailServer}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </Card>
  );
}

function Pending({
  address: { email, mailServer },
  pending,
  cancelling,
  onCancel,
}: {
  address: { email: string; mailServer: boolean };
  pending: { email: string; expiresAt: Date };
  cancelling: boolean;
  onCancel: () => void;
}) {
  const changes = pending.email !== email;
  return (
    <Banner
      tone="wait"
      title={
        changes
          ? `${pending.email} becomes your address when the link is opened.`
          : "A link to confirm it is under way."
      }
      actions={
        changes && (
          <Button size="sm" pending={cancelling} onClick={onCancel}>
            Keep {email}
          </Button>
        )
      }
    >
      {whereMailIs(pending.email, mailServer)} It ends <RelativeTime at={pending.expiresAt} />.
    </Banner>
  );
}
