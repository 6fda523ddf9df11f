"use client";
// For somebody who has lost their authenticator app or passkeys, and their recovery codes.
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";

export function EndSecondFactor({ id, name }: { id: string; name: string }) {
  const utils = trpc.useUtils();
  const [asks, setAsks] = useState(false);
  const end = trpc.people.endSecondFactor.useMutation({
    onSettled: () => void utils.people.list.invalidate(),
    onSuccess: () => {
      setAsks(false);
      toast.success(`${name} signs in with the password alone.`);
    },
  });
  return (
    <>
      <Button
        size="sm"
        aria-label={`Turn off two-factor sign-in of ${name}`}
        onClick={() => {
          end.reset();
          setAsks(true);
        }}
      >
        Turn off two-factor
      </Button>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Turn off two-factor sign-in of ${name}?`}
        description="For who has lost the app or the passkeys, and the recovery codes. Make sure that the request really comes from them; they get a mail about it. If somebody else may know their password, disable the account instead, and let them in by npm start -- --reset-link, which ends the password too."
        goes={[
          "Their authenticator app and passkeys: their password is enough, until they set one up again.",
          "Their sessions and API tokens: somebody else may have added one of those.",
        ]}
        stays={["Their password, and what they made."]}
        confirmLabel="Turn it off"
        pending={end.isPending}
        error={end.error === null ? undefined : `${outcomeTitle(end.error, "It is still on.")} ${end.error.message}`}
        onConfirm={() => {
          end.mutate({ id });
        }}
      />
    </>
  );
}
