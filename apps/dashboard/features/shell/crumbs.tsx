"use client";
// Where this page is, with the names of what its address only numbers.
import { Breadcrumb } from "@homeport/ui/breadcrumb";
import { useQueryClient } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import { Link } from "@/components/link";
import { decoded } from "@/lib/project/address";
import { usePagePath, useProjects } from "@/lib/project/project-provider";
import { useCallback, useSyncExternalStore, type ReactNode } from "react";
import { trpc } from "@/lib/trpc";
import { placeOf } from "./pages";

const words: Record<string, string> = {
  new: "New",
  compare: "Compare",
  confirm: "Confirm",
  edit: "Edit",
  settings: "Settings",
  account: "Account",
  services: "Services",
  events: "Events",
  runs: "Runs",
  template: "Template",
};

export function Crumbs() {
  const pathname = usePagePath();
  const [section = "", thing, ...rest] = pathname.split("/").filter(Boolean);
  if (section === "settings") return <Breadcrumb items={["Account"]} />;
  if (section === "projects") return <Breadcrumb items={["New project"]} />;
  if (section === "organizations" || section === "o")
    return <OrganizationCrumbs section={section} slug={thing} rest={rest} />;
  if (section === "people") return <Breadcrumb items={["People"]} />;
  if (section === "mails") return <Breadcrumb items={["Mails"]} />;
  if (section === "project") return <Breadcrumb items={["Project settings"]} />;
  if (section === "batches")
    return (
      <Breadcrumb
        items={[
          <Link key="runs" href="/runs">
            Runs
          </Link>,
          ...batchCrumbs(thing),
        ]}
      />
    );
  if (section === "new")
    return (
      <Breadcrumb
        items={[
          <Link key="home" href="/">
            Containers
          </Link>,
          "New container",
        ]}
      />
    );
  const place = placeOf(pathname);
  if (!place) return <Breadcrumb items={["Not found"]} />;
  const items: { href: string; label: ReactNode }[] = [{ href: place.href, label: place.title }];
  if (thing !== undefined) items.push({ href: `/${section}/${thing}`, label: <Thing section={section} id={thing} /> });
  for (const [index, segment] of rest.entries())
    items.push({
      href: `/${[section, thing, ...rest.slice(0, index + 1)].join("/")}`,
      label: words[segment] ?? segment,
    });
  return (
    <Breadcrumb
      items={items.map(({ href, label }, index) =>
        index === items.length - 1 ? (
          label
        ) : (
          <Link key={href} href={href}>
            {label}
          </Link>
        ),
      )}
    />
  );
}

function OrganizationCrumbs({ section, slug, rest }: { section: string; slug: string | undefined; rest: string[] }) {
  const projects = useProjects();
  if (slug === undefined) return <Breadcrumb items={["Organizations"]} />;
  const known = projects.find(({ organization }) => organization.slug === decoded(slug))?.organization.name;
  const name = section === "organizations" ? "New organization" : (known ?? decoded(slug));
  const all = (
    <Link key="all" href="/organizations">
      Organizations
    </Link>
  );
  if (rest.length === 0) return <Breadcrumb items={[all, name]} />;
  return (
    <Breadcrumb
      items={[
        all,
        <Link key="one" href={`/o/${slug}`}>
          {name}
        </Link>,
        ...rest.map((segment) => words[segment] ?? segment),
      ]}
    />
  );
}

function batchCrumbs(id: string | undefined): ReactNode[] {
  if (id === undefined) return ["Batches"];
  return [
    <Link key="batches" href="/batches">
      Batches
    </Link>,
    id === "new" ? "New batch" : <Thing key="batch" section="batches" id={id} />,
  ];
}

function Thing({ section, id }: { section: string; id: string }) {
  const known = useKnown(detail[section] ?? trpc.nodes.get, id);
  if (words[id] !== undefined || !(section in detail)) return words[id] ?? decodeURIComponent(id);
  return known?.title ?? known?.name ?? known?.hostname ?? known?.container?.hostname ?? "…";
}

type AnyProcedure = Parameters<typeof getQueryKey>[0];
const detail: Record<string, AnyProcedure> = {
  nodes: trpc.nodes.get,
  containers: trpc.containers.get,
  runs: trpc.runs.get,
  batches: trpc.batches.get,
};

/** Of a batch, a node, a container and a run: each has one of these. */
interface Named {
  title?: string;
  name?: string;
  hostname?: string;
  container?: { hostname: string };
}

/**
 * What the page itself asked for, without asking: a query of the crumbs' own would be there before the page brings its
 * answer along from the server, and the page would begin empty.
 */
function useKnown(procedure: AnyProcedure, id: string): Named | undefined {
  const client = useQueryClient();
  const key = getQueryKey(procedure, { id }, "query");
  const subscribe = useCallback((changed: () => void) => client.getQueryCache().subscribe(changed), [client]);
  return useSyncExternalStore(
    subscribe,
    () => client.getQueryData<Named>(key),
    () => undefined,
  );
}
