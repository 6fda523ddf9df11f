"use client";
// By whom, which action, to what kind of thing.
import type { ActivityView } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { Select } from "@homeport/ui/select";
import { trpc } from "@/lib/trpc";
import type { ActivityFilter, useActivityFilter } from "./use-activity-filter";
import { actionText } from "./action-text";

const ALL = "all";
const targets = [
  "account",
  "approval",
  "batch",
  "container",
  "invitation",
  "mail",
  "member",
  "node",
  "organization",
  "orphan",
  "project",
  "run",
  "session",
  "token",
];

interface ActivityFiltersProps extends ReturnType<typeof useActivityFilter> {
  filter: ActivityFilter;
  /** What is shown now: its actions can be chosen from. */
  items: readonly ActivityView[];
}

export function ActivityFilters({ filter, set, isFiltered, clear, items }: ActivityFiltersProps) {
  const me = trpc.auth.me.useQuery();
  const pick =
    (key: keyof ActivityFilter) =>
    (value: string): void => {
      set({ [key]: value === ALL ? undefined : value });
    };
  const actions = [
    ...new Set([
      "access.refuse",
      ...items.map(({ action }) => action),
      ...(filter.action === undefined ? [] : [filter.action]),
    ]),
  ].sort();
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      <Select
        aria-label="Who"
        className="w-44"
        value={filter.actor ?? ALL}
        onValueChange={pick("actor")}
        options={[
          { value: ALL, label: "Everybody" },
          ...(me.data ? [{ value: me.data.id, label: "Me" }] : []),
          ...(filter.actor !== undefined && filter.actor !== me.data?.id
            ? [{ value: filter.actor, label: "Somebody else" }]
            : []),
        ]}
      />
      <Select
        aria-label="Action"
        className="w-56"
        value={filter.action ?? ALL}
        onValueChange={pick("action")}
        options={[
          { value: ALL, label: "Every action" },
          ...actions.map((action) => ({ value: action, label: actionText(action) })),
        ]}
      />
      <Select
        aria-label="Target"
        className="w-44"
        value={filter.targetType ?? ALL}
        onValueChange={pick("targetType")}
        options={[
          { value: ALL, label: "Every target" },
          ...targets.map((type) => ({ value: type, label: type.charAt(0).toUpperCase() + type.slice(1) })),
        ]}
      />
      {isFiltered && (
        <Button variant="ghost" className="h-9" onClick={clear}>
          Show everything
        </Button>
      )}
    </div>
  );
}
