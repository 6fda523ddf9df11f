"use client";
// Where this page is, with the names of what its address only numbers.
import { Breadcrumb } from "@homeport/ui/breadcrumb";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { trpc } from "@/lib/trpc";
import { placeOf } from "./pages";

const words: Record<string, string> = { new: "New", confirm: "Confirm", edit: "Edit", settings: "Settings", account: "Account", services: "Services", events: "Events", runs: "Runs", template: "Template" };

export function Crumbs() {
  const pathname = usePathname();
  const [section = "", thing, ...rest] = pathname.split("/").filter(Boolean);
  if (section === "settings") return <Breadcrumb items={["Account"]} />;
  if (section === "batches") return <Breadcrumb items={[<Link key="runs" href="/runs">Runs</Link>, ...batchCrumbs(thing)]} />;
  if (section === "new") return <Breadcrumb items={[<Link key="home" href="/">Containers</Link>, "New container"]} />;
  const place = placeOf(pathname);
  if (!place) return <Breadcrumb items={["Not found"]} />;
  const items: { href: string; label: ReactNode }[] = [{ href: place.href, label: place.title }];
  if (thing !== undefined) items.push({ href: `/${section}/${thing}`, label: <Thing section={section} id={thing} /> });
  for (const [index, segment] of rest.entries()) items.push({ href: `/${[section, thing, ...rest.slice(0, index + 1)].join("/")}`, label: words[segment] ?? segment });
  return <Breadcrumb items={items.map(({ href, label }, index) => (index === items.length - 1 ? label : <Link key={href} href={href}>{label}</Link>))} />;
}

function batchCrumbs(id: string | undefined): ReactNode[] {
  if (id === undefined) return ["Batches"];
  return [<Link key="batches" href="/batches">Batches</Link>, id === "new" ? "New batch" : <BatchTitle key="batch" id={id} />];
}

function BatchTitle({ id }: { id: string }) {
  return trpc.batches.get.useQuery({ id }).data?.title ?? "…";
}

/** Asks what the page asks as well: one request for both. */
function Thing({ section, id }: { section: string; id: string }) {
  const named = section === "nodes" || section === "containers" || section === "runs";
  const asks = named && words[id] === undefined;
  const node = trpc.nodes.get.useQuery({ id }, { enabled: asks && section === "nodes" });
  const container = trpc.containers.get.useQuery({ id }, { enabled: asks && section === "containers" });
  const run = trpc.runs.get.useQuery({ id }, { enabled: asks && section === "runs" });
  if (!asks) return words[id] ?? decodeURIComponent(id);
  return node.data?.name ?? container.data?.hostname ?? run.data?.container.hostname ?? "…";
}
