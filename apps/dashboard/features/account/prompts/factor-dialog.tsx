"use client";
// Asks for a code or a passkey where the server wants one of this session, over whatever is open; what was asked for then goes on by itself.
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { useId } from "react";
import { PasskeyConfirm } from "@/components/passkeys/passkey-confirm";
import { CodeForm } from "@/features/second-factor";
import { passwordPrompt } from "@/lib/recent-sign-in";
import { trpc } from "@/lib/trpc";

export function FactorDialog() {
  const formId = useId();
  const utils = trpc.useUtils();
  const hasApp = (trpc.secondFactor.show.useQuery().data?.confirmedAt ?? null) !== null;
  const onSuccess = (): void => {
    passwordPrompt.settle(true);
  };
  // A recovery code is one less.
  const onSettled = () => void utils.secondFactor.show.invalidate();
  const give = trpc.secondFactor.giveCode.useMutation({ onSuccess, onSettled });
  const byPasskey = trpc.passkeys.confirm.useMutation({ onSuccess });
  const cancel = (): void => {
    passwordPrompt.settle(false);
  };
  return (
    <Dialog
      open
      onOpenChange={cancel}
      title="Show that it is you"
      description="This changes how your account is guarded, for which the password is not enough."
      footer={
        <>
          <Button onClick={cancel}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={give.isPending}>
            Continue
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <PasskeyConfirm send={(answer) => byPasskey.mutateAsync({ answer })} />
        <CodeForm
          id={formId}
          label={hasApp ? "Code of your app, or a recovery code" : "Recovery code"}
          refused="Nothing has changed."
          error={give.error}
          onCode={(code) => {
            if (!give.isPending) give.mutate({ code });
          }}
        />
      </div>
    </Dialog>
  );
}
