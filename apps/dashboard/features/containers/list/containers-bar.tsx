"use client";
// Counts that filter, a search, the node, and cards or rows; all but the last live in the URL.
import type { ContainerView, NodeView } from "@homeport/api";
import { containerStateLabels } from "@homeport/domain/text/state-label";
import { cn } from "@homeport/ui/cn";
import { IconButton } from "@homeport/ui/icon-button";
import { Input } from "@homeport/ui/input";
import { StateIcon } from "@homeport/ui/state-badge";
import { Skeleton } from "@homeport/ui/skeleton";
import { LayoutGrid, Rows3 } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef, type ReactNode } from "react";
import { writeUrl } from "../../../lib/hooks/url-query";
import { countStates, type ContainerFilter } from "./filter-containers";
import type { Layout } from "./use-layout";

const nodeFilter = "h-8 w-36 max-md:h-10 max-md:w-auto max-md:flex-1";
/** Most have one node, and nothing to choose here. */
const Select = dynamic(() => import("@homeport/ui/select").then((loaded) => loaded.Select), {
  ssr: false,
  loading: () => <Skeleton className={nodeFilter} />,
});

interface Props {
  containers: readonly ContainerView[];
  filter: ContainerFilter;
  layout: Layout;
  onLayout: (layout: Layout) => void;
}

/** Writes the query without asking the server: the filters are of this page alone. */
function setQuery(change: Record<string, string | undefined>): void {
  const query = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  const { pathname } = window.location;
  const url = text === "" ? pathname : `${pathname}?${text}`;
  // Typing makes no history of its own; a filter that is clicked can be left by Back.
  writeUrl(url, "q" in change ? "replace" : "push");
}

function nodesOf(containers: readonly ContainerView[]): Pick<NodeView, "id" | "name">[] {
  const byId = new Map(containers.map(({ node }) => [node.id, node]));
  return [...byId.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

export function ContainersBar({ containers, filter, layout, onLayout }: Props) {
  const used = nodesOf(containers);
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-2">
      <div role="group" aria-label="Filter by state" className="flex min-w-0 gap-1 overflow-x-auto py-1 max-md:w-full">
        <Count
          active={filter.state === undefined}
          onClick={() => {
            setQuery({ state: undefined });
          }}
        >
          All <b>{containers.length}</b>
        </Count>
        {countStates(containers).map(({ state, count }) => (
          <Count
            key={state}
            active={filter.state === state}
            onClick={() => {
              setQuery({ state: filter.state === state ? undefined : state });
            }}
          >
            <StateIcon tone={containerStateLabels[state].tone} />
            {containerStateLabels[state].label} <b>{count}</b>
          </Count>
        ))}
      </div>
      <div className="ml-auto flex min-w-0 flex-wrap items-center gap-2 max-md:w-full">
        <FilterText text={filter.search} />
        {used.length > 1 && (
          <Select
            aria-label="Node"
            className={nodeFilter}
            value={filter.nodeId ?? "all"}
            onValueChange={(value) => {
              setQuery({ node: value === "all" ? undefined : value });
            }}
            options={[
              { value: "all", label: "All nodes" },
              ...used.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <div role="group" aria-label="Layout" className="flex shrink-0 rounded-md border p-px">
          <IconButton
            label="Cards"
            icon={<LayoutGrid />}
            size="sm"
            aria-pressed={layout === "cards"}
            onClick={() => {
              onLayout("cards");
            }}
            className={cn(layout === "cards" ? "bg-hover" : "text-muted")}
          />
          <IconButton
            label="Rows"
            icon={<Rows3 />}
            size="sm"
            aria-pressed={layout === "rows"}
            onClick={() => {
              onLayout("rows");
            }}
            className={cn(layout === "rows" ? "bg-hover" : "text-muted")}
          />
        </div>
      </div>
    </div>
  );
}

/** Writes the URL as one types; reads it when something else (Back, the search above) wrote it. */
function FilterText({ text }: { text: string }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = text;
  }, [text]);
  return (
    <Input
      ref={input}
      type="search"
      aria-label="Filter containers"
      placeholder="Name, VMID or address"
      defaultValue={text}
      onChange={(event) => {
        setQuery({ q: event.target.value });
      }}
      className="h-8 w-60 min-w-0 max-md:h-10 max-md:w-full"
    />
  );
}

function Count({ active, onClick, children }: { active: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={active}
      onClick={onClick}
      className={cn(
        "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-table whitespace-nowrap max-md:h-10 [&_b]:font-semibold [&_b]:tabular-nums",
        active ? "border-accent bg-accent-soft" : "border-line bg-surface text-muted hover:bg-hover [&_b]:text-text",
      )}
    >
      {children}
    </button>
  );
}
