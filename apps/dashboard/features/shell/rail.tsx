"use client";
// The rail: where one can go, in which project one is, who one is.
import type { Me } from "@homeport/api";
import { cn } from "@homeport/ui/cn";
import { IconButton } from "@homeport/ui/icon-button";
import { Tooltip } from "@homeport/ui/tooltip";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { Link } from "@/components/link";
import { usePagePath } from "@/lib/project/project-provider";
import { Brand } from "@/components/brand";
import { useApprovalCount } from "@/features/approvals";
import { useOrphanCount } from "@/features/orphans";
import { PersonMenu } from "./person-menu";
import { placeOf, places, type Place } from "./pages";
import { ProjectSwitcher } from "./project-switcher";

export interface RailProps {
  me: Me & { setUpHere: boolean };
  narrow: boolean;
  /** Missing in the drawer, which has its own way to close. */
  onToggle?: () => void;
  onGo?: () => void;
}

export function Rail({ me, narrow, onToggle, onGo }: RailProps) {
  const current = placeOf(usePagePath());
  const inDrawer = onToggle === undefined;
  const orphans = useOrphanCount();
  const approvals = useApprovalCount();
  const counts: Record<string, number> = { "/orphans": orphans, "/approvals": approvals.toDecide };
  // There is nothing to see there while everything agrees, and nobody has asked for anything.
  const empty: Record<string, boolean> = {
    "/orphans": orphans === 0,
    "/approvals": approvals.toDecide + approvals.own === 0,
  };
  const shown = places.filter((place) => empty[place.href] !== true || place === current);
  return (
    <>
      {!inDrawer && (
        <div
          className={cn(
            "flex h-12 shrink-0 items-center border-b",
            narrow ? "justify-center" : "justify-between pr-2 pl-4",
          )}
        >
          {!narrow && (
            <Link href="/" className="rounded-sm">
              <Brand />
            </Link>
          )}
          <IconButton
            label={narrow ? "Widen the rail" : "Narrow the rail"}
            icon={narrow ? <PanelLeftOpen /> : <PanelLeftClose />}
            onClick={onToggle}
          />
        </div>
      )}
      <nav aria-label="Main" className="flex-1 overflow-y-auto p-2">
        <ul className="grid gap-0.5">
          {shown.map((place) => (
            <li key={place.href}>
              <RailLink
                place={place}
                active={place === current}
                narrow={narrow}
                tall={inDrawer}
                onGo={onGo}
                count={counts[place.href] ?? 0}
              />
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-0.5 border-t p-2">
        <ProjectSwitcher narrow={narrow} />
        <PersonMenu me={me} narrow={narrow} />
      </div>
    </>
  );
}

function RailLink({
  place: { href, title, icon: Icon },
  active,
  narrow,
  tall,
  onGo,
  count,
}: {
  place: Place;
  active: boolean;
  narrow: boolean;
  tall: boolean;
  onGo: (() => void) | undefined;
  count: number;
}) {
  const link = (
    <Link
      href={href}
      {...(onGo ? { onClick: onGo } : {})}
      {...(active ? { "aria-current": "page" as const } : {})}
      {...(narrow ? { "aria-label": title } : {})}
      className={cn(
        "flex items-center gap-2.5 rounded-md px-2.5 transition-colors",
        tall ? "h-11" : "h-8",
        narrow && "justify-center px-0",
        active ? "bg-accent-soft font-medium text-accent" : "text-muted hover:bg-hover hover:text-text",
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {!narrow && title}
      {!narrow && count > 0 && <span className="ml-auto text-meta tabular-nums">{count}</span>}
    </Link>
  );
  return narrow ? (
    <Tooltip content={title} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
