// The places of the rail and of the palette.
import { Boxes, History, LayoutTemplate, ListChecks, Server, Stamp, Unplug, type LucideIcon } from "lucide-react";

export interface Place {
  href: string;
  title: string;
  icon: LucideIcon;
  /** First segments of addresses that belong to it. */
  segments: readonly string[];
}

export const places: readonly Place[] = [
  { href: "/", title: "Containers", icon: Boxes, segments: ["", "containers", "new"] },
  { href: "/runs", title: "Runs", icon: ListChecks, segments: ["runs", "batches"] },
  { href: "/templates", title: "Templates", icon: LayoutTemplate, segments: ["templates"] },
  { href: "/nodes", title: "Nodes", icon: Server, segments: ["nodes"] },
  { href: "/approvals", title: "Approvals", icon: Stamp, segments: ["approvals"] },
  { href: "/orphans", title: "Orphans", icon: Unplug, segments: ["orphans"] },
  { href: "/activity", title: "Activity", icon: History, segments: ["activity"] },
];

/** Which place an address belongs to. */
export function placeOf(pathname: string): Place | undefined {
  const first = pathname.split("/")[1] ?? "";
  return places.find(({ segments }) => segments.includes(first));
}
