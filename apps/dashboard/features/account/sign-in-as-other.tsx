"use client";
// Out of this account, and to the sign-in page: for a link that is another person's. The link stays with the tab.
import { Button } from "@homeport/ui/button";
import { FormError } from "@/components/form-error";
import { trpc } from "@/lib/trpc";
import { forgetWizard } from "@/lib/wizard-store";
import { arrive } from "./arrive";

/** `to`: an address of ours that is open to who is signed out. */
export function SignInAsOther({ to }: { to: string }) {
  const signOut = trpc.auth.signOut.useMutation({
    onSuccess: () => {
      forgetWizard(window.sessionStorage);
      arrive(to);
    },
  });
  return (
    <>
      <FormError message={signOut.error === null ? undefined : `You are still signed in. ${signOut.error.message}`} />
      <Button
        size="lg"
        pending={signOut.isPending || signOut.isSuccess}
        onClick={() => {
          signOut.mutate();
        }}
      >
        Sign in as somebody else
      </Button>
    </>
  );
}
