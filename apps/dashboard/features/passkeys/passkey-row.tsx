"use client";
// One passkey: what it is called, where it is kept, when it was used. Removing it is asked for, as its owner may have no other way in.
import type { PasskeyView } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { RelativeTime } from "@homeport/ui/relative-time";
import { toast } from "@homeport/ui/toast";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { removalCosts, type Removal } from "./removal-costs";

const load = () => import("./rename-dialog").then(({ RenameDialog }) => RenameDialog);
const RenameDialog = dynamic(load, { ssr: false });

export function PasskeyRow({
  passkey: { id, name, rpId, backedUp, createdAt, lastUsedAt },
  left,
  here,
}: {
  passkey: PasskeyView;
  /** How many there are without it. */
  left: Removal["left"];
  /** The name that passkeys are for at this Homeport; undefined where there is none. */
  here: string | undefined;
}) {
  useFetchedAhead(load);
  const router = useRouter();
  const utils = trpc.useUtils();
  const factor = trpc.secondFactor.show.useQuery().data;
  const [open, setOpen] = useState<"rename" | "remove">();
  const remove = trpc.passkeys.remove.useMutation({
    onSuccess: () => {
      setOpen(undefined);
      toast.success(`The passkey ${name} is removed.`);
      // Organizations that require a second factor are there no more.
      if (left.all === 0) router.refresh();
    },
    onSettled: () => Promise.all([utils.passkeys.list.invalidate(), utils.secondFactor.show.invalidate()]),
  });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="min-w-0 font-medium break-words">{name}</span>
          {rpId !== here && <Badge tone="wait">for {rpId}</Badge>}
        </p>
        <p className="text-meta text-muted">
          added <RelativeTime at={createdAt} /> ·{" "}
          {lastUsedAt === null ? (
            "never used"
          ) : (
            <>
              used <RelativeTime at={lastUsedAt} />
            </>
          )}{" "}
          · {backedUp ? "kept by a password manager" : "on one device"}
        </p>
        {rpId !== here && (
          <p className="text-meta text-muted">It works where Homeport is reached at {rpId}, and not here.</p>
        )}
      </div>
      <div className="flex gap-2">
        <Button
          size="sm"
          aria-label={`Rename ${name}`}
          onClick={() => {
            setOpen("rename");
          }}
        >
          Rename
        </Button>
        <Button
          size="sm"
          aria-label={`Remove ${name}`}
          onClick={() => {
            remove.reset();
            setOpen("remove");
          }}
        >
          Remove
        </Button>
      </div>
      {open === "rename" && (
        <RenameDialog
          passkey={{ id, name }}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
      <ConfirmDialog
        open={open === "remove"}
        onOpenChange={() => {
          setOpen(undefined);
        }}
        title={`Remove ${name}?`}
        goes={[
          "The passkey: nobody signs in with it any more. Delete it where it is kept as well, so that it is not offered.",
          "Sessions that it began, but for this one.",
          ...removalCosts({ left, isHere: rpId === here, factor }),
        ]}
        confirmLabel={`Remove ${name}`}
        pending={remove.isPending}
        error={
          remove.error === null
            ? undefined
            : `${outcomeTitle(remove.error, "It still counts.")} ${remove.error.message}`
        }
        onConfirm={() => {
          remove.mutate({ id });
        }}
      />
    </li>
  );
}
