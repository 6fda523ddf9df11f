"use client";
// The project that a page is of: the one in its address, else the one that its person lands in (packages/api/src/access/landing).
import type { ProjectView } from "@homeport/api";
import { usePathname, useRouter } from "next/navigation";
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from "react";
import { projectHref, splitPath } from "./address";

const Current = createContext<ProjectView | null>(null);
const All = createContext<readonly ProjectView[]>([]);

/** Around everything behind sign-in; the rail and the palette are outside of a project's pages and follow the address. */
export function ProjectProvider({
  items,
  landing,
  children,
}: {
  items: readonly ProjectView[];
  landing: ProjectView | null;
  children: ReactNode;
}) {
  const { slug } = splitPath(usePathname());
  const router = useRouter();
  const [last, setLast] = useState(slug);
  if (slug !== undefined && slug !== last) setLast(slug);
  const named = (one: string | undefined) => items.find((project) => project.slug === one);
  // Pages of no project stay in the one that they were come to from.
  const current = named(slug) ?? named(last) ?? landing;
  const isUnknown = slug !== undefined && named(slug) === undefined;
  useEffect(() => {
    // Made or renamed since, in another tab perhaps; or nobody's, which the page says.
    if (isUnknown) router.refresh();
  }, [isUnknown, slug, router]);
  return (
    <All value={items}>
      <Current value={current}>{children}</Current>
    </All>
  );
}

/** Those that the person sees, oldest first, as the page was begun. */
export function useProjects(): readonly ProjectView[] {
  return useContext(All);
}

/** Around the pages of one project: the server has found it, however old the list outside is. */
export function InProject({ project, children }: { project: ProjectView; children: ReactNode }) {
  return <Current value={project}>{children}</Current>;
}

/** Throws where there is none: somebody who belongs to no project sees no page that asks for one. */
export function useProject(): ProjectView {
  const project = useContext(Current);
  if (project === null) throw new Error("You belong to no project.");
  return project;
}

/** Null for somebody who belongs to none, and outside of what is behind sign-in. */
export function useProjectIfAny(): ProjectView | null {
  return useContext(Current);
}

/** Puts the project into an address of the dashboard; outside of all projects it stays as it is, and is led on by the server. */
export function useHref(): (href: string) => string {
  const slug = useContext(Current)?.slug;
  return useCallback((href) => (slug === undefined ? href : projectHref(slug, href)), [slug]);
}

/** Goes to a page of the dashboard. */
export function useGo(): (href: string) => void {
  const router = useRouter();
  const href = useHref();
  return useCallback(
    (to) => {
      router.push(href(to));
    },
    [router, href],
  );
}

/** Where this page is, without its project. */
export function usePagePath(): string {
  return splitPath(usePathname()).path;
}
