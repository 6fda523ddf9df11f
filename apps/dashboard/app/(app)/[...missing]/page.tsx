// Any address that no page has: one from before addresses named their project leads on, any other is 404 inside the shell.
import { notFound, redirect } from "next/navigation";
import { movedFrom, projectHref, queryText } from "@/lib/project/address";
import { landingIfAny, projectOf } from "@/lib/project/page-project";

export default async function MissingPage({
  params,
  searchParams,
}: {
  params: Promise<{ missing: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { missing } = await params;
  const moved = movedFrom(missing);
  if (moved === undefined) notFound();
  const home = moved.kind === "thing" ? await projectOf(moved.noun, moved.id) : null;
  // What is nowhere is said by its own page.
  const project = home ?? (await landingIfAny());
  if (project === null) redirect("/organizations");
  redirect(projectHref(project.slug, `/${missing.join("/")}${queryText(await searchParams)}`));
}
