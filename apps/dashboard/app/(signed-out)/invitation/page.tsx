// An invitation, for whoever has its link, signed in or not.
import type { Metadata } from "next";
import { InvitationPage } from "@/features/invitation/invitation-page";
import { SignedInProvider } from "@/lib/session-provider";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Invitation" };

export default async function Page() {
  const [me, { mode }] = await Promise.all([api.auth.me(), api.auth.signUpMode()]);
  const page = <InvitationPage me={me} signUp={mode} />;
  // Of a person: what it sends is theirs, and refused once somebody else is signed in.
  return me === null ? (
    page
  ) : (
    <SignedInProvider person={me} now={now()}>
      {page}
    </SignedInProvider>
  );
}

const now = (): number => Date.now();
