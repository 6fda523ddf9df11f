// Sign-up; who is signed in already goes on.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignUpClosed } from "@/features/account/sign-up-closed";
import { SignUpForm } from "@/features/account/sign-up-form";
import { nextPath } from "@/lib/next-path";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = nextPath((await searchParams).next);
  if (await api.auth.me()) redirect(next);
  const { mode } = await api.auth.signUpMode();
  if (mode !== "open") return <SignUpClosed byInvitation={mode === "invitation"} />;
  return <SignUpForm next={next} />;
}
