"use client";
// Signing in by a passkey alone, or why that cannot be done on this page.
import type { Me, PasskeyPlace } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { FormError } from "@/components/form-error";
import { usePasskeysHere } from "@/lib/passkeys/here";
import { usePasskey } from "@/lib/passkeys/use-passkey";
import { trpc } from "@/lib/trpc";

interface Props {
  place: PasskeyPlace;
  /** The origin that the server believes the page to be at. */
  drawnAt: string;
  /** Of this page, to go on with where passkeys can be used; without one nothing leads there, as what is on this page would stay behind. */
  path?: string;
  onSignedIn: (me: Me) => void;
}

export function PasskeySignIn({ place, drawnAt, path, onSignedIn }: Props) {
  const here = usePasskeysHere(place, drawnAt);
  if (here === "usable") return <SignInButton onSignedIn={onSignedIn} />;
  if (here === "unable") return null;
  if (!("why" in here) && path === undefined) return null;
  if ("why" in here) return <p className="text-table text-muted">{here.why}</p>;
  return (
    <p className="text-table text-muted">
      To sign in with a passkey, open Homeport at{" "}
      <a className="text-accent underline underline-offset-2" href={`${here.elsewhere}${path}`}>
        {here.elsewhere}
      </a>
      : browsers have passkeys for names, over https or on this machine.
    </p>
  );
}

function SignInButton({ onSignedIn }: Pick<Props, "onSignedIn">) {
  const begin = trpc.passkeys.beginSignIn.useMutation();
  const signIn = trpc.passkeys.signIn.useMutation({ onSuccess: onSignedIn });
  const { pending, problem, run } = usePasskey({
    begin: () => begin.mutateAsync(),
    send: (answer) => signIn.mutateAsync({ answer }),
  });
  return (
    <>
      <FormError message={problem} />
      <Button size="lg" pending={pending || signIn.isSuccess} onClick={run}>
        Sign in with a passkey
      </Button>
    </>
  );
}
