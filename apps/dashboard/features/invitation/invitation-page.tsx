"use client";
// What an invitation's link leads to: what it offers, and the way to take it, with an account or without one.
import type { InvitationLetter, Me } from "@homeport/api";
import { roleWithArticle } from "@homeport/domain/access/rank";
import { invitationStateText } from "@homeport/domain/text/invitation-text";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import Link from "next/link";
import { useEffect } from "react";
import { PlainPage } from "@/components/plain-page";
import { SignUpForm } from "@/features/account";
import { trpc } from "@/lib/trpc";
import { AcceptInvitation } from "./accept-invitation";
import { goOn } from "./go-on";
import { useLinkToken } from "@/lib/hooks/use-link-token";

type SignUpMode = "open" | "invitation" | "closed";

export function InvitationPage({ me, signUp }: { me: Me | null; signUp: SignUpMode }) {
  const token = useLinkToken("invitation");
  if (token === undefined) return <Loading />;
  if (token === null)
    return (
      <PlainPage title="An invitation needs its whole link">
        Open the link that you were sent, from http to its last character.
      </PlainPage>
    );
  return <Letter key={token} token={token} me={me} signUp={signUp} />;
}

function Letter({ token, me, signUp }: { token: string; me: Me | null; signUp: SignUpMode }) {
  const { mutate, data, error, isPending } = trpc.invitations.show.useMutation();
  useEffect(() => {
    mutate({ token });
  }, [mutate, token]);
  if (data) return <Offer letter={data} token={token} me={me} signUp={signUp} />;
  if (error)
    return (
      <PlainPage title="This invitation cannot be shown">
        {error.data?.fields?.token ?? error.message}
        <Button
          className="mt-4"
          pending={isPending}
          onClick={() => {
            mutate({ token });
          }}
        >
          Try again
        </Button>
      </PlainPage>
    );
  return <Loading />;
}

function Offer({
  letter,
  token,
  me,
  signUp,
}: {
  letter: InvitationLetter;
  token: string;
  me: Me | null;
  signUp: SignUpMode;
}) {
  const { state, offer, joined } = letter;
  if (joined !== null)
    return (
      <PlainPage title="You have accepted this invitation">
        <Button
          variant="primary"
          onClick={() => {
            goOn(joined);
          }}
        >
          Go on
        </Button>
      </PlainPage>
    );
  if (state !== "open" || offer === null)
    return (
      <PlainPage title="This invitation is not open any more">
        {state === "open" ? null : invitationStateText[state]}
      </PlainPage>
    );
  const { organization, role, project, invitedBy, email } = offer;
  return (
    <>
      <h1 className="mb-2 text-page font-semibold break-words">Join {organization}</h1>
      <p className="mb-6">
        {invitedBy} invites you as {roleWithArticle[role]}
        {project !== null && (
          <>
            , and to its project {project.name}
            {project.role !== "inherited" && ` as ${roleWithArticle[project.role]}`}
          </>
        )}
        .
      </p>
      {me !== null && <AcceptInvitation me={me} token={token} offer={offer} />}
      {me === null && signUp === "closed" && (
        <>
          <Banner tone="wait" title="New accounts cannot be made here. Who has one signs in and joins." />
          <SignInLink />
        </>
      )}
      {me === null && signUp !== "closed" && (
        <SignUpForm next="/invitation" invitation={{ token, email, onJoined: goOn }} />
      )}
    </>
  );
}

function SignInLink() {
  return (
    <p className="mt-6">
      <Link className="text-accent underline underline-offset-2" href="/sign-in?next=%2Finvitation">
        Sign in
      </Link>
    </p>
  );
}

function Loading() {
  return (
    <SkeletonGroup label="Loading the invitation" className="grid gap-3">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-5" />
      <Skeleton className="h-9" />
    </SkeletonGroup>
  );
}
