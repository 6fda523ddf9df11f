// Everybody with an account, for who set this Homeport up; for everybody else there is no such page.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PeoplePage } from "@/features/people/people-page";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "People" };

export default async function Page() {
  const [me, allowed] = await Promise.all([api.auth.me(), api.people.isMine()]);
  if (me === null || !allowed) notFound();
  return <PeoplePage me={me} />;
}
