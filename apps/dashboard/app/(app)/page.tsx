// Home is the containers of the project that a person lands in.
import { redirect } from "next/navigation";
import { projectHref, queryText } from "@/lib/project/address";
import { api } from "@/lib/trpc-server";

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { landing } = await api.projects.list();
  redirect(projectHref(landing.slug, `/${queryText(await searchParams)}`));
}
