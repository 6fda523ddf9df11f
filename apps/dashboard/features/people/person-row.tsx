"use client";
// One person: who they are, when they were seen, and their account enabled or not.
import type { PersonView } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { RelativeTime } from "@homeport/ui/relative-time";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { EndSecondFactor } from "./end-second-factor";
import { PersonQuota, quotaText } from "./person-quota";

export function PersonRow({
  person: { id, name, email, status, confirmedAt, createdAt, lastSeenAt, organizations, secondFactor, quota },
  isMe,
}: {
  person: PersonView;
  isMe: boolean;
}) {
  const utils = trpc.useUtils();
  const [asks, setAsks] = useState(false);
  const onSettled = () => void utils.people.list.invalidate();
  const disable = trpc.people.disable.useMutation({
    onSettled,
    onSuccess: () => {
      setAsks(false);
      toast.success(`The account of ${name} is disabled.`);
    },
  });
  const enable = trpc.people.enable.useMutation({
    onSettled,
    onSuccess: () => {
      toast.success(`The account of ${name} is enabled.`);
    },
    onError: (error) => {
      toast.error(outcomeTitle(error, "The account is as it was."), { description: error.message });
    },
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 font-medium break-words">{name}</span>
          {isMe && <Badge tone="accent">you</Badge>}
          {status === "DISABLED" && <Badge tone="bad">disabled</Badge>}
        </p>
        <p className="text-meta text-muted">
          <span className="break-all">{email}</span>
          {confirmedAt === null && " (not confirmed)"} · signed up <RelativeTime at={createdAt} /> ·{" "}
          {lastSeenAt === null ? (
            "signed in nowhere"
          ) : (
            <>
              seen <RelativeTime at={lastSeenAt} />
            </>
          )}{" "}
          · {organizations === 1 ? "1 organization" : `${organizations} organizations`}
          {quota !== null && ` · ${quotaText(quota) ?? ""}`}
        </p>
      </div>
      <PersonQuota person={{ id, name, quota }} />
      {secondFactor && !isMe && <EndSecondFactor id={id} name={name} />}
      {status === "ACTIVE" ? (
        <Button
          size="sm"
          disabledReason={isMe ? "Without your account nobody could enable another one." : undefined}
          aria-label={`Disable ${name}`}
          onClick={() => {
            disable.reset();
            setAsks(true);
          }}
        >
          Disable
        </Button>
      ) : (
        <Button
          size="sm"
          pending={enable.isPending}
          aria-label={`Enable ${name}`}
          onClick={() => {
            enable.mutate({ id });
          }}
        >
          Enable
        </Button>
      )}
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Disable the account of ${name}?`}
        description={<span className="break-all">{email}</span>}
        goes={[
          "Their sessions and API tokens, at once, and links that were mailed to them.",
          "Signing in, and invitations that they made, until you enable the account.",
        ]}
        stays={[
          "Their containers, which keep running, and runs that are under way.",
          "Their nodes: others make containers on those that are shared.",
          "Their roles. Where they are the only owner, nobody else becomes one.",
        ]}
        confirmLabel={`Disable ${name}`}
        pending={disable.isPending}
        error={
          disable.error === null
            ? undefined
            : `${outcomeTitle(disable.error, "The account is as it was.")} ${disable.error.message}`
        }
        onConfirm={() => {
          disable.mutate({ id });
        }}
      />
    </li>
  );
}
