"use client";
// The secret for the app, as a picture and as text; the first code that it shows; then the recovery codes, this once.
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useEffect, useId } from "react";
import { CopyField } from "@/components/copy-field";
import { FormError } from "@/components/form-error";
import { trpc } from "@/lib/trpc";
import { CodeForm } from "./code-form";
import { QrCode } from "./qr-code";
import { RecoveryCodes } from "./recovery-codes";

export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const formId = useId();
  const { mutate, data, error, isPending } = trpc.secondFactor.begin.useMutation();
  useEffect(() => {
    mutate();
  }, [mutate]);
  const confirm = trpc.secondFactor.confirm.useMutation({
    onSettled: () => void utils.secondFactor.show.invalidate(),
    onSuccess: ({ recoveryCodes }) => {
      if (recoveryCodes.length > 0) return;
      onClose();
      toast.success("Two-factor sign-in is on. The recovery codes that you have count on.");
      router.refresh();
    },
  });
  if (confirm.data && confirm.data.recoveryCodes.length > 0)
    return (
      <RecoveryCodes
        title="Two-factor sign-in is on"
        codes={confirm.data.recoveryCodes}
        onClose={() => {
          onClose();
          // Organizations that require it are there from now on; not before the codes are kept.
          router.refresh();
        }}
      />
    );
  return (
    <Dialog
      open
      // What is shown only once comes with the answer.
      dismissible={!confirm.isPending}
      onOpenChange={onClose}
      title="Set up an authenticator app"
      description="Any app that makes codes of six digits, such as Aegis, FreeOTP or a password manager. Nothing changes until its first code was right; then your other sessions end, and organizations that require it let in API tokens made from then on."
      footer={
        <>
          <Button disabledReason={confirm.isPending ? "The answer is under way." : undefined} onClick={onClose}>
            Cancel
          </Button>
          {error !== null && (
            <Button
              pending={isPending}
              onClick={() => {
                mutate();
              }}
            >
              Try again
            </Button>
          )}
          {data !== undefined && (
            <Button variant="primary" type="submit" form={formId} pending={confirm.isPending}>
              Turn it on
            </Button>
          )}
        </>
      }
    >
      <FormError message={error?.message} />
      {data === undefined && error === null && (
        <SkeletonGroup label="Making the secret" className="grid gap-3">
          <Skeleton className="size-48" />
          <Skeleton className="h-9" />
        </SkeletonGroup>
      )}
      {data !== undefined && (
        <div className="grid grid-cols-1 gap-4">
          <QrCode text={data.uri} />
          <CopyField
            label="Secret"
            hint="For an app that reads no picture: time-based, six digits."
            value={data.secret}
            copyLabel="Copy the secret"
          />
          <CodeForm
            id={formId}
            label="Code that the app shows"
            refused="It is not on."
            error={confirm.error}
            onCode={(code) => {
              confirm.mutate({ code });
            }}
          />
        </div>
      )}
    </Dialog>
  );
}
