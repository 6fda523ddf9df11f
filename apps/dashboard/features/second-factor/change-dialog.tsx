"use client";
// Turning it off, or making new recovery codes: both take a code; new codes a passkey as well.
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useId } from "react";
import { PasskeyConfirm } from "@/components/passkeys/passkey-confirm";
import { trpc } from "@/lib/trpc";
import { listOf } from "@/lib/format/list";
import { CodeForm } from "./code-form";
import { RecoveryCodes } from "./recovery-codes";

const words = {
  "turn-off": {
    title: "Turn two-factor sign-in off?",
    description: "Your password is enough then. The app's entry and all recovery codes are worth nothing any more.",
    withPasskeys:
      "Besides your password, a passkey or a recovery code is asked for then. The app's entry is worth nothing any more.",
    button: "Turn off",
    refused: "It is still on.",
  },
  renew: {
    title: "Make new recovery codes",
    description: "Those that you have are worth nothing any more.",
    withPasskeys: "Those that you have are worth nothing any more.",
    button: "Make new codes",
    refused: "The codes that you have still count.",
  },
};

export function ChangeDialog({ which, onClose }: { which: "turn-off" | "renew"; onClose: () => void }) {
  const utils = trpc.useUtils();
  const formId = useId();
  const router = useRouter();
  const shown = trpc.secondFactor.show.useQuery().data;
  const hasPasskeys = shown !== undefined && shown.passkeys > 0;
  const askedBy = hasPasskeys ? [] : (shown?.askedBy ?? []);
  const onSettled = () => void utils.secondFactor.show.invalidate();
  const turnOff = trpc.secondFactor.turnOff.useMutation({
    onSettled,
    onSuccess: () => {
      onClose();
      toast.success("Two-factor sign-in is off.");
      if (askedBy.length > 0) router.refresh();
    },
  });
  const renew = trpc.secondFactor.renewCodes.useMutation({ onSettled });
  const byPasskey = trpc.passkeys.renewCodes.useMutation({ onSettled });
  const renewed = renew.data ?? byPasskey.data;
  const { title, button, refused, ...describing } = words[which];
  const description = hasPasskeys ? describing.withPasskeys : describing.description;
  const asked = which === "renew" ? renew : turnOff;
  const pending = asked.isPending || byPasskey.isPending;
  if (renewed) return <RecoveryCodes title="New recovery codes" codes={renewed.recoveryCodes} onClose={onClose} />;
  return (
    <Dialog
      open
      // What is shown only once comes with the answer.
      dismissible={!pending}
      onOpenChange={onClose}
      title={title}
      description={
        which === "turn-off" && askedBy.length > 0
          ? `${description} You see nothing any more of ${listOf(askedBy)}, which ${askedBy.length === 1 ? "requires" : "require"} it.`
          : description
      }
      footer={
        <>
          <Button disabledReason={pending ? "The answer is under way." : undefined} onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant={which === "renew" ? "primary" : "danger"}
            type="submit"
            form={formId}
            pending={asked.isPending}
          >
            {button}
          </Button>
        </>
      }
    >
      {which === "renew" && hasPasskeys && (
        <div className="mb-4">
          <PasskeyConfirm purpose="renew_codes" send={(answer) => byPasskey.mutateAsync({ answer })} />
        </div>
      )}
      <CodeForm
        id={formId}
        label={shown?.confirmedAt === null ? "Or a recovery code" : "Code of your app, or a recovery code"}
        refused={refused}
        error={asked.error}
        onCode={(code) => {
          asked.mutate({ code });
        }}
      />
    </Dialog>
  );
}
