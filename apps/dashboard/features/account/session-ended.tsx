"use client";
// Over a page whose session has ended: what was typed stays behind it, and goes on once the same person has signed in again.
import type { Me } from "@homeport/api";
import { SignInInput } from "@homeport/domain/account/account-input";
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { Form } from "@homeport/ui/form";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { PasskeySignIn } from "@/components/passkeys/passkey-sign-in";
import { useSession } from "@/lib/session-provider";
import { trpc } from "@/lib/trpc";
import { arrive } from "./arrive";

import { SignInFields } from "./sign-in-fields";
import { useSignIn } from "./use-sign-in";

export function SessionEnded({ other }: { other: boolean }) {
  return other ? <SomebodyElse /> : <SignInAgain />;
}

/** It cannot be put aside: the page behind it is no longer true, and nothing on it can be done. */
const stays = (): void => undefined;

function SignInAgain() {
  const session = useSession();
  const { name, email } = session.person;
  const form = useForm<SignInInput>({
    resolver: zodResolver(SignInInput),
    defaultValues: { email, password: "", code: "" },
  });
  const goOn = (me: Me): void => {
    if (me.id === session.person.id) session.resume();
    else arrive("/");
  };
  const { asks, problem, signIn, submit } = useSignIn(form, goOn);
  const place = trpc.passkeys.place.useQuery().data;
  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={stays}
      title="Your session has ended"
      description={`Sign in again as ${name} to go on. What you typed is still here.`}
    >
      <Form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <SignInFields form={form} asPerson asks={asks} />
        <FormError message={problem} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <a className="text-accent underline underline-offset-2" href="/sign-in" target="_blank" rel="noreferrer">
            Sign in in a new tab
          </a>
          <Button type="submit" variant="primary" pending={signIn.isPending}>
            Sign in and go on
          </Button>
        </div>
        {place !== undefined && <PasskeySignIn place={place} drawnAt="" onSignedIn={goOn} />}
      </Form>
    </Dialog>
  );
}

function SomebodyElse() {
  const { person } = useSession();
  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={stays}
      title="Another person is signed in now"
      description={`Somebody else signed in in this browser. This page belongs to ${person.name} and shows nothing new.`}
      footer={
        <Button
          variant="primary"
          onClick={() => {
            arrive("/");
          }}
        >
          Go to their containers
        </Button>
      }
    >
      <p>To go on as {person.name}, sign out there and sign in again.</p>
    </Dialog>
  );
}
