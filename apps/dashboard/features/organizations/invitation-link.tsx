"use client";
// The link of an invitation, which is shown this once.
import type { IssuedInvitation } from "@homeport/api";
import { Banner } from "@homeport/ui/banner";
import { CopyField } from "@/components/copy-field";

/** The token stands behind "#", which no browser sends: it is in no log of a server or proxy. */
export function InvitationLink({
  issued: { token, mailed },
  email,
}: {
  issued: Pick<IssuedInvitation, "token" | "mailed">;
  email: string | null;
}) {
  const link = `${window.location.origin}/invitation#${token}`;
  return (
    <div className="grid grid-cols-1 gap-4">
      {mailed === "sent" && <p>It is on its way to {email} by mail. You can hand it over yourself as well.</p>}
      {mailed === "unconfirmed" && (
        <p>
          It was not mailed: it would name your address, which you have not confirmed yet (under Account). Hand it over
          yourself.
        </p>
      )}
      {mailed === "held_back" && (
        <p>It was not mailed: this address has had as many mails as it gets at once. Hand it over yourself.</p>
      )}
      {mailed === "kept" && <p>No mail server is set up here, so it was not mailed: hand it over yourself.</p>}
      <CopyField
        label="Link"
        hint={
          email === null
            ? "Whoever opens it first can join: hand it over in private."
            : `Only an account with the address ${email} can use it.`
        }
        value={link}
        copyLabel="Copy the link"
      />
      <Banner tone="wait" title="It is shown only now. It is for one person, and ends in seven days." />
    </div>
  );
}

export function invitationTitle({ mailed }: Pick<IssuedInvitation, "mailed">): string {
  return mailed === "sent" ? "The invitation is on its way" : "Hand over this link";
}
