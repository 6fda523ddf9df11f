// Sign-in; who is signed in already goes on.
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "@/features/account/sign-in-form";
import { nextPath } from "@/lib/next-path";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = nextPath((await searchParams).next);
  const [me, signUp, place] = await Promise.all([api.auth.me(), api.auth.signUpMode(), api.passkeys.place()]);
  if (me) redirect(next);
  const host = (await headers()).get("host") ?? "";
  // Only what is drawn first: the page looks for itself where it is, and what counts the server judges by its own address.
  const drawnAt = "origin" in place && new URL(place.origin).host === host ? place.origin : "";
  return <SignInForm next={next} signUp={signUp.mode} passkeys={{ place, drawnAt }} />;
}
