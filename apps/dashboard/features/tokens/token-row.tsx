"use client";
// One token: what it may do and where, and how it was used. Revoking it is asked for, as whatever uses it stops.
import type { ApiTokenView } from "@homeport/api";
import { isTokenPermission, tokenPermissionText } from "@homeport/domain/access/token-scope";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { Mono } from "@homeport/ui/mono";
import { RelativeTime } from "@homeport/ui/relative-time";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";

export function TokenRow({ token }: { token: ApiTokenView }) {
  const { id, name, prefix, permissions, ended, expiresAt } = token;
  const utils = trpc.useUtils();
  const [asks, setAsks] = useState(false);
  const revoke = trpc.tokens.revoke.useMutation({
    onSuccess: () => {
      setAsks(false);
      toast.success(`The token ${name} is revoked.`);
    },
    onSettled: () => void utils.tokens.list.invalidate(),
  });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="min-w-0 font-medium break-words">{name}</span>
          <Mono className="text-meta text-muted">{prefix}…</Mono>
          {ended && <Badge tone="wait">ended</Badge>}
        </p>
        <p className="text-meta text-muted">
          {ended ? "ended" : "ends"} <RelativeTime at={expiresAt} /> · <Used token={token} />
        </p>
        <details className="text-meta text-muted">
          <summary>
            {permissions.length} {permissions.length === 1 ? "right" : "rights"} in {whereText(token)}
          </summary>
          <ul className="list-disc py-1 pl-5">
            {permissions.map((permission) => (
              <li key={permission}>{isTokenPermission(permission) ? tokenPermissionText[permission] : permission}</li>
            ))}
          </ul>
        </details>
      </div>
      <Button
        size="sm"
        aria-label={`Revoke ${name}`}
        onClick={() => {
          revoke.reset();
          setAsks(true);
        }}
      >
        Revoke
      </Button>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Revoke ${name}?`}
        goes={["The token: whatever uses it is refused from now on"]}
        stays={["What was done by it, and its lines in Activity"]}
        confirmLabel={`Revoke ${name}`}
        pending={revoke.isPending}
        error={
          revoke.error === null
            ? undefined
            : `${outcomeTitle(revoke.error, "It still counts.")} ${revoke.error.message}`
        }
        onConfirm={() => {
          revoke.mutate({ id });
        }}
      />
    </li>
  );
}

function Used({ token: { lastUsedAt, lastUsedIp } }: { token: ApiTokenView }) {
  if (lastUsedAt === null) return "never used";
  return (
    <>
      used <RelativeTime at={lastUsedAt} />
      {lastUsedIp !== null && (
        <>
          {" "}
          from <Mono>{lastUsedIp}</Mono>
        </>
      )}
    </>
  );
}

function whereText({ projects }: ApiTokenView): string {
  if (projects === null) return "all your projects";
  return projects.length === 0 ? "no project that is left" : projects.join(", ");
}
