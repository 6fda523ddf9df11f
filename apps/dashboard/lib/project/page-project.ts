// The project in a page's address, as the server finds it: what is not there, or not theirs, is an ordinary page that does not exist.
import "server-only";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { notThere } from "../not-there";
import { api } from "../trpc-server";
import { decoded, projectHref, type MovedThing } from "./address";

type Params = Promise<{ project: string }>;

const find = cache((slug: string) => api.projects.get({ slug }).catch(notThere));

export async function pageProject(params: Params) {
  const { project } = await params;
  return (await find(decoded(project))) ?? notFound();
}

/** What is in another project of theirs is shown there; what is nowhere is said by the page itself. */
export async function requireInProject(
  params: Params,
  noun: MovedThing,
  { id, path }: { id: string; path: string },
): Promise<void> {
  const [project, home] = await Promise.all([pageProject(params), projectOf(noun, id)]);
  if (home && home.id !== project.id) redirect(projectHref(home.slug, path));
}

export const projectOf = (noun: MovedThing, id: string) => api.projects.of({ noun, id }).catch(notThere);

/** Where one lands; null for somebody who belongs to no project. */
export const landingIfAny = () => api.projects.list().then(({ landing }) => landing, notThere);
