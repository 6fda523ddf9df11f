"use client";
// What the link to an address leads to: what it does, and the button that does it. To another address an account is taken by its own person.
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import Link from "next/link";
import { useEffect } from "react";
import { FormError } from "@/components/form-error";
import { PlainPage } from "@/components/plain-page";
import { forgetLink, useLinkToken } from "@/lib/hooks/use-link-token";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { LinkRefused } from "./link-refused";
import { SignInAsOther } from "./sign-in-as-other";

const SIGN_IN = `/sign-in?next=${encodeURIComponent("/confirm-address")}`;
const toAccount = { href: "/settings/account", label: "Go to your account" };

export function ConfirmAddress() {
  const token = useLinkToken("address");
  if (token === undefined)
    return (
      <SkeletonGroup label="Loading the link" className="grid gap-3">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="h-9" />
      </SkeletonGroup>
    );
  if (token === null)
    return (
      <PlainPage title="An address needs its whole link" to={toAccount}>
        Open the link that you were sent, from http to its last character. If you have just confirmed it, you are done.
      </PlainPage>
    );
  // Another link in the same tab is another letter.
  return <Letter key={token} token={token} />;
}

function Letter({ token }: { token: string }) {
  const { mutate, data, error, isPending } = trpc.address.showLink.useMutation();
  useEffect(() => {
    mutate({ token });
  }, [mutate, token]);
  const confirm = trpc.address.confirm.useMutation({
    onSuccess: () => {
      forgetLink("address");
    },
    // Signed out since: who has to sign in is shown anew.
    onError: (refused) => {
      if (refused.data?.refusal === "address.sign_in") mutate({ token });
    },
  });
  if (confirm.data)
    return (
      <PlainPage title="The address is confirmed" to={toAccount} follows>
        <p>
          You sign in with <span className="font-medium break-all">{confirm.data.email}</span>.
        </p>
      </PlainPage>
    );
  if (error)
    return (
      <LinkRefused
        purpose="address"
        title="This link confirms nothing"
        to={toAccount}
        error={error}
        trying={isPending}
        onAgain={() => {
          mutate({ token });
        }}
      />
    );
  const changes = data !== undefined && data.account !== data.email;
  return (
    <PlainPage title={changes ? "Use this address" : "Confirm your address"} to={toAccount}>
      <div className="grid gap-4">
        {changes && (
          <p>
            The account <span className="font-medium break-all">{data.account}</span> gets the address{" "}
            <span className="font-medium break-all">{data.email}</span>. You sign in with it from then on.
          </p>
        )}
        {data !== undefined && !changes && (
          <p>
            <span className="font-medium break-all">{data.email}</span> is the address of your account.
          </p>
        )}
        <FormError
          message={
            confirm.error === null
              ? undefined
              : `${outcomeTitle(confirm.error, "Nothing was confirmed.")} ${confirm.error.message}`
          }
        />
        {changes && data.signedIn?.toLowerCase() !== data.account.toLowerCase() ? (
          <SignInFirst account={data.account} signedIn={data.signedIn} />
        ) : (
          <Button
            variant="primary"
            size="lg"
            pending={data === undefined || confirm.isPending}
            onClick={() => {
              confirm.mutate({ token });
            }}
          >
            {changes ? "Use this address" : "Confirm the address"}
          </Button>
        )}
      </div>
    </PlainPage>
  );
}

/** The link stays with this tab: it is shown again after signing in. */
function SignInFirst({ account, signedIn }: { account: string; signedIn: string | null }) {
  return (
    <>
      <Banner tone="wait" title={`Sign in as ${account} first, in this tab.`}>
        {signedIn !== null && `You are signed in as ${signedIn}.`}
      </Banner>
      {signedIn === null ? (
        <Button asChild variant="primary" size="lg">
          <Link href={SIGN_IN}>Sign in</Link>
        </Button>
      ) : (
        <SignInAsOther to={SIGN_IN} />
      )}
    </>
  );
}
