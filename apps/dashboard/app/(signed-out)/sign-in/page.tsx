// Sign-in; who is signed in already goes on.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/features/account/sign-in-form";
import { nextPath } from "@/lib/next-path";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = nextPath((await searchParams).next);
  const [me, signUp] = await Promise.all([api.auth.me(), api.auth.signUpMode()]);
  if (me) redirect(next);
  return <SignInForm next={next} signUp={signUp.mode} />;
}
