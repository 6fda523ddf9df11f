// Home is the containers of the project that a person lands in.
import { redirect } from "next/navigation";
import { projectHref, queryText } from "@/lib/project/address";
import { landingIfAny } from "@/lib/project/page-project";

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const landing = await landingIfAny();
  // Who belongs to no project makes one, or is added to one.
  redirect(landing === null ? "/organizations" : projectHref(landing.slug, `/${queryText(await searchParams)}`));
}
