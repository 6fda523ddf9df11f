"use client";
// Joining as the person who is signed in; who it is not meant for is told before they try.
import type { InvitationLetter, Me } from "@homeport/api";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { FormError } from "@/components/form-error";
import { SignInAsOther } from "@/features/account";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { goOn } from "./go-on";

export function AcceptInvitation({
  me,
  token,
  offer: { organization, email },
}: {
  me: Me;
  token: string;
  offer: NonNullable<InvitationLetter["offer"]>;
}) {
  const accept = trpc.invitations.accept.useMutation({ onSuccess: goOn });
  const isOthers = email !== null && email.toLowerCase() !== me.email.toLowerCase();
  return (
    <div className="grid gap-4">
      {isOthers && (
        <Banner tone="wait" title={`This invitation is for ${email}, and you are signed in as ${me.email}.`} />
      )}
      {!isOthers && (
        <p className="text-muted">
          You are signed in as {me.name}, {me.email}.
        </p>
      )}
      <FormError
        message={
          accept.error === null
            ? undefined
            : `${outcomeTitle(accept.error, "You have not joined.")} ${accept.error.message}`
        }
      />
      <div className="flex flex-wrap gap-2">
        {!isOthers && (
          <Button
            variant="primary"
            size="lg"
            className="max-w-full"
            pending={accept.isPending || accept.isSuccess}
            onClick={() => {
              accept.mutate({ token });
            }}
          >
            <span className="truncate">Join {organization}</span>
          </Button>
        )}
        {/* The page offers to sign up by the link, and to sign in. */}
        <SignInAsOther to="/invitation" />
      </div>
    </div>
  );
}
