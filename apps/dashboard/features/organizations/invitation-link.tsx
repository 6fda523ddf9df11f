"use client";
// The link of an invitation, which is shown this once.
import { Banner } from "@homeport/ui/banner";
import { CopyButton } from "@homeport/ui/copy-button";
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";

/** The token stands behind "#", which no browser sends: it is in no log of a server or proxy. */
export function InvitationLink({ token, email }: { token: string; email: string | null }) {
  const link = `${window.location.origin}/invitation#${token}`;
  return (
    <div className="grid gap-4">
      <Field
        label="Link"
        hint={
          email === null
            ? "Whoever opens it first can join: hand it over in private."
            : `Only an account with the address ${email} can use it.`
        }
      >
        {(control) => (
          <span className="flex items-center gap-1.5">
            <Input
              {...control}
              mono
              readOnly
              value={link}
              onFocus={(event) => {
                event.target.select();
              }}
            />
            <CopyButton value={link} label="Copy the link" />
          </span>
        )}
      </Field>
      <Banner tone="wait" title="It is shown only now. It is for one person, and ends in seven days." />
    </div>
  );
}
