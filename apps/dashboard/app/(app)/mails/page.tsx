// The mails of the installation, for who set it up; for everybody else there is no such page.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MailsPage } from "@/features/mails/mails-page";
import { api } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Mails" };

export default async function Page() {
  if (!(await api.people.isMine())) notFound();
  return <MailsPage />;
}
