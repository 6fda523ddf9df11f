"use client";
// What the link to an address leads to: whoever opens it there says that the address is theirs.
import { Button } from "@homeport/ui/button";
import { FormError } from "@/components/form-error";
import { PlainPage } from "@/components/plain-page";
import { forgetLink, useLinkToken } from "@/lib/hooks/use-link-token";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";

const toAccount = { href: "/settings/account", label: "Go to your account" };

export function ConfirmAddress() {
  const token = useLinkToken("address");
  if (token === null)
    return (
      <PlainPage title="An address needs its whole link" to={toAccount}>
        Open the link that you were sent, from http to its last character.
      </PlainPage>
    );
  // Another link in the same tab is another letter.
  return <Letter key={token} token={token} />;
}

function Letter({ token }: { token: string | undefined }) {
  const confirm = trpc.address.confirm.useMutation({
    onSuccess: () => {
      forgetLink("address");
    },
  });
  if (confirm.data)
    return (
      <PlainPage title="The address is confirmed" to={toAccount}>
        <p role="status">
          You sign in with <span className="font-medium break-all">{confirm.data.email}</span>.
        </p>
      </PlainPage>
    );
  const { error } = confirm;
  return (
    <PlainPage title="Confirm your address" to={toAccount}>
      <div className="grid gap-4">
        <p>Confirm that the address to which this link was sent is yours, and that of your account.</p>
        <FormError
          message={
            error === null
              ? undefined
              : `${outcomeTitle(error, "Nothing was confirmed.")} ${error.data?.fields?.token ?? error.message}`
          }
        />
        <Button
          variant="primary"
          size="lg"
          pending={token === undefined || confirm.isPending}
          onClick={() => {
            if (token !== undefined) confirm.mutate({ token });
          }}
        >
          Confirm the address
        </Button>
      </div>
    </PlainPage>
  );
}
